// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

namespace planb {

/// A picture or sound that belongs to a question, e.g. of a CAPTCHA. It is the server's: show it, do not trust it.
struct FormMedia {
    QString type; ///< "image/png"
    QByteArray data; ///< what came along with the form; else empty
    QString url; ///< http or https; else empty

    bool operator==(const FormMedia &) const = default;
};

struct FormOption {
    QString label; ///< to show; never empty
    QString value; ///< to answer

    bool operator==(const FormOption &) const = default;
};

/// One question of a server. Texts are the server's, in the server's language.
struct FormField {
    enum class Type { Text, Lines, Secret, Boolean, Choice, Choices, Words, Hidden };

    QString name; ///< key of the answer; empty only for Words, which ask nothing
    Type type = Type::Text;
    QString label;
    QString help;
    bool required = false;
    QStringList values; ///< the answer if none is given; for Hidden the answer that must be given
    QList<FormOption> options;
    QList<FormMedia> media;

    bool operator==(const FormField &) const = default;
};

/// What a server wants to know before it makes an account.
struct AccountForm {
    QString instructions;
    QString url; ///< http or https: a page on which the account can be made instead; else empty
    QList<FormField> fields; ///< at most kMaxFormFields

    bool operator==(const AccountForm &) const = default;
};
inline constexpr qsizetype kMaxFormFields = 100;

/// By name of the field. One value, except for Lines and Choices; a Boolean is "1" or "0".
using FormAnswers = QMap<QString, QStringList>;

} // namespace planb
