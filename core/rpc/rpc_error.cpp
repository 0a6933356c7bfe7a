// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/rpc/rpc_error.h"

#include "core/rpc/failure_sentence.h"

namespace planb::rpc {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype kMaxQuoted = 64;
} // namespace

Error errorOf(const Failure &failure)
{
    return {ErrorCode::OwnFailure, sentenceFor(failure), failure};
}

Error wrongParameter(QStringView name, QStringView mustBe)
{
    return {ErrorCode::InvalidParameters, u"The parameter %1 must be %2."_s.arg(quoted(name), mustBe), {}};
}

QJsonObject toJson(const Error &error)
{
    QJsonObject json{{u"code"_s, static_cast<int>(error.code)}, {u"message"_s, error.message}};
    if (error.failure) {
        json.insert(u"data"_s,
                    QJsonObject{{u"code"_s, nameOf(error.failure->code)},
                                {u"blame"_s, nameOf(error.failure->blame())},
                                {u"detail"_s, error.failure->detail}});
    }
    return json;
}

QString quoted(QStringView name)
{
    const QStringView shown = name.first(qMin(name.size(), kMaxQuoted));
    return u'"' + shown.toString() + (shown.size() < name.size() ? u"…\""_s : u"\""_s);
}

} // namespace planb::rpc
