// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QJsonObject>
#include <QString>
#include <QStringView>

namespace planb::rpc {

/// The codes of JSON-RPC 2.0, section 5.1, and the one for everything of our own.
enum class ErrorCode {
    ParseError = -32700,
    InvalidRequest = -32600,
    UnknownMethod = -32601,
    InvalidParameters = -32602,
    OwnFailure = -32000,
};

/// Why a request was not carried out. `message` is one English sentence. Nothing in it repeats the value of
/// a parameter, because that may be a password.
struct Error {
    ErrorCode code = ErrorCode::OwnFailure;
    QString message;
    std::optional<Failure> failure; ///< set for OwnFailure: becomes `data`

    bool operator==(const Error &) const = default;
};

Error errorOf(const Failure &failure);
/// InvalidParameters with a sentence that names the parameter.
Error wrongParameter(QStringView name, QStringView mustBe);

QJsonObject toJson(const Error &error);

/// A name that a caller chose, quoted for a sentence: at most 64 characters of it.
QString quoted(QStringView name);

} // namespace planb::rpc
