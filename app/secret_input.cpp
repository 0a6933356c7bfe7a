// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/secret_input.h"

#include "app/terminal.h"

#include <QStringDecoder>

namespace planb {

namespace {
constexpr qsizetype kMaxSecretBytes = 4096;
} // namespace

std::optional<QString> takeSecretFromEnvironment(const char *variable)
{
    const QString value = qEnvironmentVariable(variable);
    qunsetenv(variable);
    return value.isEmpty() ? std::nullopt : std::optional(value);
}

std::optional<QString> readSecretLine(const QString &prompt)
{
    const HiddenTyping hidden(prompt);
    QByteArray line;
    while (const std::optional<char> byte = readInputByte()) {
        if (*byte == '\n')
            break;
        line.append(*byte);
        if (line.size() > kMaxSecretBytes)
            return {};
    }
    if (line.endsWith('\r'))
        line.chop(1);
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder(line);
    return text.isEmpty() || decoder.hasError() ? std::nullopt : std::optional(text);
}

} // namespace planb
