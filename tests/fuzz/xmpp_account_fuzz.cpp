// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Any server against somebody who wants an account, and any text against the reader of invitations. The input's first
// byte says what is wanted; then comes what the server says on the encrypted stream.
#include "tests/transports/xmpp/dialogue.h"
#include "transports/xmpp/account_session.h"
#include "transports/xmpp/xmpp_uri.h"

#include <cstdlib>

namespace {

using namespace planb;

void checkForm(const AccountForm &form)
{
    if (form.fields.size() > kMaxFormFields + 1)
        std::abort();
    for (const FormField &field : form.fields) {
        if (field.name.isEmpty() && field.type != FormField::Type::Words)
            std::abort();
        for (const FormMedia &media : field.media) {
            if (!media.url.isEmpty() && !media.url.startsWith(QLatin1StringView("http")))
                std::abort();
        }
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 1)
        return 0;
    const QByteArray bytes(reinterpret_cast<const char *>(data + 1), static_cast<qsizetype>(size) - 1);
    const auto read = xmpp::readInvitation(QString::fromUtf8(bytes));
    if (read && read->accountDomain.isEmpty() && !read->contact)
        std::abort();

    xmpp::AccountSession::Wish wish{QStringLiteral("example.org"), {}, (data[0] & 1) != 0, {}, {}};
    if (data[0] & 2)
        wish.token = QStringLiteral("token");
    if (data[0] & 4)
        wish.answers = {{QStringLiteral("ocr"), {QStringLiteral("x")}}};
    xmpp::AccountSession session(wish);
    const MonoTime now{Millis(1)};
    session.onConnected(true, now);
    session.onEncrypted({}, now);
    session.onBytes(test::streamHeader() + test::features({}), now);
    session.onBytes(bytes, now);
    session.takeCommands();
    if (session.outcome() && *session.outcome() && (*session.outcome())->form)
        checkForm(*(*session.outcome())->form);
    session.onClosed({FailureCode::ConnectionLost, {}, {}}, now);
    if (!session.outcome())
        std::abort();
    return 0;
}
