// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/store/store_fixture.h"

namespace planb::store {
namespace {

using namespace Qt::StringLiterals;

class Transports : public StoreTest
{
protected:
    TransportRepository &transports() { return store().transports(); }
    TransportConfig add(const QString &label, std::optional<int> position = {})
    {
        return must(transports().add(TransportKind::Xmpp, label, {{u"password"_s, u"secret"_s}}, position));
    }
    QList<QString> labels()
    {
        QList<QString> labels;
        for (const TransportConfig &config : must(transports().all()))
            labels.append(config.label);
        return labels;
    }
};

TEST_F(Transports, KeepTheirSettings)
{
    const QJsonObject settings{
        {u"jid"_s, u"한@a.example"_s}, {u"port"_s, 5222}, {u"nested"_s, QJsonObject{{u"on"_s, true}}}};
    const TransportConfig config = must(transports().add(TransportKind::Email, u"Mail"_s, settings, {}));
    EXPECT_EQ(config.kind, TransportKind::Email);
    EXPECT_EQ(config.label, u"Mail"_s);
    EXPECT_TRUE(config.enabled);
    EXPECT_EQ(config.settings, settings);
    reopen();
    EXPECT_EQ(must(transports().byId(config.id)), config);
    EXPECT_EQ(must(transports().all()), QList<TransportConfig>{config});
}

TEST_F(Transports, AreAddedAtAPlaceOrAtTheEnd)
{
    add(u"a"_s);
    add(u"b"_s);
    add(u"c"_s, 0);
    add(u"d"_s, 2);
    add(u"e"_s, 4);
    EXPECT_EQ(labels(), (QList<QString>{u"c"_s, u"a"_s, u"d"_s, u"b"_s, u"e"_s}));
}

TEST_F(Transports, AreNotAddedAtAPlaceThatIsNotThere)
{
    add(u"a"_s);
    EXPECT_EQ(codeOf(transports().add(TransportKind::Xmpp, u"b"_s, {}, 2)), FailureCode::InvalidArgument);
    EXPECT_EQ(codeOf(transports().add(TransportKind::Xmpp, u"b"_s, {}, -1)), FailureCode::InvalidArgument);
    EXPECT_EQ(labels(), QList<QString>{u"a"_s});
}

TEST_F(Transports, CanBePutInAnotherOrder)
{
    const auto a = add(u"a"_s).id;
    const auto b = add(u"b"_s).id;
    const auto c = add(u"c"_s).id;
    must(transports().reorder({c, a, b}));
    EXPECT_EQ(labels(), (QList<QString>{u"c"_s, u"a"_s, u"b"_s}));
    for (const QList<TransportId> &wrong :
         {QList<TransportId>{a, b}, {a, b, b}, {a, b, c, c}, {a, b, TransportId(99)}, {}})
        EXPECT_EQ(codeOf(transports().reorder(wrong)), FailureCode::InvalidArgument);
    EXPECT_EQ(labels(), (QList<QString>{u"c"_s, u"a"_s, u"b"_s}));
}

TEST_F(Transports, CanBeChangedButForTheirKind)
{
    TransportConfig config = add(u"a"_s);
    config.label = u"b"_s;
    config.enabled = false;
    config.settings = {{u"x"_s, 1}};
    must(transports().update(config));
    EXPECT_EQ(must(transports().byId(config.id)), config);
    TransportConfig other = config;
    other.kind = TransportKind::Sms;
    EXPECT_EQ(codeOf(transports().update(other)), FailureCode::InvalidArgument);
    EXPECT_EQ(must(transports().byId(config.id)), config);
}

TEST_F(Transports, ThatWereRemovedKeepTheirLabelAndLoseTheirSettings)
{
    add(u"a"_s);
    const TransportConfig config = add(u"b"_s);
    add(u"c"_s);
    must(transports().remove(config.id));
    EXPECT_EQ(labels(), (QList<QString>{u"a"_s, u"c"_s}));
    EXPECT_EQ(codeOf(transports().byId(config.id)), FailureCode::UnknownTransport);
    EXPECT_EQ(codeOf(transports().update(config)), FailureCode::UnknownTransport);
    EXPECT_EQ(codeOf(transports().remove(config.id)), FailureCode::UnknownTransport);
    EXPECT_EQ(must(transports().labelOf(config.id)), (RouteLabel{config.id, u"b"_s, TransportKind::Xmpp}));
    close();
    const auto database = must(Database::open(path(), testKey(), Database::Mode::ReadOnly));
    EXPECT_EQ(must(database->query("SELECT settings FROM transports WHERE id = ?1", config.id).value<QString>()),
              u"{}"_s);
}

TEST_F(Transports, NeverGetAnIdASecondTime)
{
    const TransportConfig config = add(u"a"_s);
    must(transports().remove(config.id));
    EXPECT_NE(add(u"a"_s).id, config.id);
}

TEST_F(Transports, ThatDoNotExistAreUnknown)
{
    EXPECT_EQ(codeOf(transports().byId(TransportId(9))), FailureCode::UnknownTransport);
    EXPECT_EQ(codeOf(transports().remove(TransportId(9))), FailureCode::UnknownTransport);
    EXPECT_EQ(codeOf(transports().labelOf(TransportId(9))), FailureCode::UnknownTransport);
}

} // namespace
} // namespace planb::store
