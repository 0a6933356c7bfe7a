// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/status_text.h"

#include <QDateTime>

#include <gtest/gtest.h>

namespace planb::ctl {

namespace {

using namespace Qt::StringLiterals;

constexpr qint64 kTime = 1'700'000'000'000;

TransportStatus transport(qint64 id, const QString &label)
{
    TransportStatus status;
    status.id = TransportId(id);
    status.label = label;
    status.address = u"alice@%1.test"_s.arg(label.toLower());
    return status;
}

Address jid(const QString &text)
{
    return {TransportKind::Xmpp, text};
}

Contact bob()
{
    Contact contact;
    contact.id = ContactId(1);
    contact.name = u"Bob"_s;
    return contact;
}

std::string text(const StatusSummary &status)
{
    return statusText(status, {bob()}).toStdString();
}

std::string localTime()
{
    return QDateTime::fromMSecsSinceEpoch(kTime).toString(Qt::ISODate).toStdString();
}

} // namespace

TEST(StatusText, OfANewProfileIsShort)
{
    EXPECT_EQ(text({}),
              "Independent routes: 0\n"
              "Paths: 0 open, 0 ejected, 0 resting\n"
              "Outbox: 0 waiting, 0 under way, 0 unconfirmed, 0 stalled\n"
              "Waiting to be sent: 0\n");
}

TEST(StatusText, ShowsHowEachLinkIsDoing)
{
    StatusSummary status;
    status.transports = {transport(1, u"Primary"_s), transport(2, u"Backup"_s)};
    status.transports[0].inUse = true;
    status.transports[0].link = {LinkPhase::Ready, {}, {}, Micros(12'400)};
    status.transports[1].link = {LinkPhase::Waiting, Failure{FailureCode::ConnectionRefused, {}, {}}, {}, {}};
    status.independentRoutes = 2;
    status.delivery.links = {
        {TransportId(1), u"ready"_s, Micros(500'000), 1, wallFromMillis(kTime), 3},
        {TransportId(2), u"down"_s, Micros(2'000'000), 0, {}, 0},
    };
    EXPECT_EQ(text(status),
              "t1  Primary  xmpp  alice@primary.test  ready    in use, 12 ms, hop timeout 500 ms, 3 unanswered, "
              "lost 1× lately, held until "
                  + localTime()
                  + "\n"
                    "t2  Backup   xmpp  alice@backup.test   waiting  The server does not accept connections.\n"
                    "Independent routes: 2\n"
                    "Paths: 0 open, 0 ejected, 0 resting\n"
                    "Outbox: 0 waiting, 0 under way, 0 unconfirmed, 0 stalled\n"
                    "Waiting to be sent: 0\n");
}

TEST(StatusText, NamesWhatRoutesShare)
{
    StatusSummary status;
    status.transports = {transport(1, u"Primary"_s), transport(2, u"Backup"_s)};
    status.independentRoutes = 1;
    status.sharedRoutes = {{{TransportId(1), TransportId(2)}, u"addressRange"_s, u"203.0.113.0/24"_s}};
    EXPECT_NE(text(status).find("Independent routes: 1\n  Primary, Backup share the address range 203.0.113.0/24\n"),
              std::string::npos)
        << text(status);
}

TEST(StatusText, ShowsThePathsThatAreUsedOrAreNotAsTheyShouldBe)
{
    StatusSummary status;
    status.transports = {transport(1, u"Primary"_s), transport(2, u"Backup"_s)};
    status.delivery.paths = {
        {ContactId(1), TransportId(1), jid(u"bob@primary.test"_s), u"resting"_s, wallFromMillis(kTime), 0.5,
         Micros(4'000'000), FailureCode::RecipientUnknown, false},
        {ContactId(1), TransportId(2), jid(u"bob@backup.test"_s), u"open"_s, {}, 1.0, Micros(2'000'000), {}, true},
        {ContactId(2), TransportId(1), jid(u"eve@primary.test"_s), u"open"_s, {}, 1.0, Micros(2'000'000), {}, false},
    };
    status.delivery.outbox = {1, 2, 3, 4};
    const std::string shown = text(status);
    EXPECT_NE(shown.find("Paths: 2 open, 0 ejected, 1 resting\n"
                         "  Bob  Primary  bob@primary.test  resting  until "
                         + localTime()
                         + ", 50 % confirmed, end-to-end timeout 4000 ms, RecipientUnknown\n"
                           "  Bob  Backup   bob@backup.test   open     in use, 100 % confirmed, "
                           "end-to-end timeout 2000 ms\n"
                           "Outbox: 1 waiting, 2 under way, 3 unconfirmed, 4 stalled\n"),
              std::string::npos)
        << shown;
    EXPECT_EQ(shown.find("eve@primary.test"), std::string::npos) << "nothing to tell of it";
}

} // namespace planb::ctl
