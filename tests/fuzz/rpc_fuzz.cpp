// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rpc/session.h"

#include <QJsonDocument>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

namespace {

using namespace Qt::StringLiterals;
using namespace planb::rpc;

constexpr QByteArrayView kPieceSeparator("\0\0", 2);

/// One method for each type of parameter, all optional, all under names of one letter that are easily hit.
QList<Method> methodsOfAllTypes()
{
    const QList<Parameter> all{optional(u"a"_s, ParameterType::Text),
                               optional(u"b"_s, ParameterType::FilledText),
                               optionalInteger(u"c"_s, -5, 500),
                               optional(u"d"_s, ParameterType::Boolean),
                               optional(u"e"_s, ParameterType::Object),
                               optional(u"f"_s, ParameterType::Kind),
                               optional(u"g"_s, ParameterType::Addresses),
                               optional(u"h"_s, ParameterType::Contact),
                               optional(u"i"_s, ParameterType::Conversation),
                               optional(u"j"_s, ParameterType::Message),
                               optional(u"k"_s, ParameterType::Transport),
                               optional(u"l"_s, ParameterType::Recipient),
                               optional(u"m"_s, ParameterType::TransportList)};
    return {{u"m"_s, all, [](const Parameters &in, const Reply &out) {
                 out.answer(QJsonValue(in.find<QString>(u"a"_s).value_or(QString())));
             }}};
}

/// What must hold for every answer, whatever was asked.
void check(const QByteArray &line)
{
    const QJsonObject answer = QJsonDocument::fromJson(line).object();
    const bool isOneLine = line.endsWith('\n') && line.count('\n') == 1;
    const bool isAnswer = answer.contains(u"id"_s) && answer.contains(u"result"_s) != answer.contains(u"error"_s);
    if (!isOneLine || !isAnswer)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    bool hasEnded = false;
    Session session(methodsOfAllTypes(), check);
    QObject::connect(&session, &Session::ended, [&hasEnded] { hasEnded = true; });
    // Two NUL bytes mark where one read ends and the next begins; lines must not care.
    QByteArrayView rest(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    while (!rest.isEmpty()) {
        const qsizetype cut = rest.indexOf(kPieceSeparator);
        session.feed(cut < 0 ? rest : rest.first(cut));
        rest = cut < 0 ? QByteArrayView() : rest.sliced(cut + kPieceSeparator.size());
    }
    session.finish();
    if (!hasEnded)
        std::abort();
    return 0;
}
