// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/rpc/method.h"

#include <QByteArray>
#include <QJsonDocument>
#include <QStringList>

namespace planb::test {

/// A table of methods that do nothing but remember that they were called; the test says when they answer.
///
/// | method  | parameters            | answers                          |
/// |---------|-----------------------|----------------------------------|
/// | echo    | text                  | at once, with the text           |
/// | later   | tag                   | when the test says so, with tag  |
/// | slow    | tag (Alongside)       | when the test says so, with tag  |
/// | fail    |                       | at once, with UnknownContact     |
class ScriptedMethods
{
public:
    QList<rpc::Method> table()
    {
        using namespace Qt::StringLiterals;
        using rpc::ParameterType;
        const auto remember = [this](const rpc::Parameters &in, const rpc::Reply &out) {
            started.append(in.get<QString>(u"tag"_s));
            m_open.insert(started.last(), out);
        };
        return {{u"echo"_s,
                 {rpc::required(u"text"_s, ParameterType::Text)},
                 [this](const rpc::Parameters &in, const rpc::Reply &out) {
                     started.append(in.get<QString>(u"text"_s));
                     out.answer(QJsonValue(in.get<QString>(u"text"_s)));
                 }},
                {u"later"_s, {rpc::required(u"tag"_s, ParameterType::Text)}, remember},
                {u"slow"_s, {rpc::required(u"tag"_s, ParameterType::Text)}, remember, rpc::Pace::Alongside},
                {u"fail"_s, {}, [](const rpc::Parameters &, const rpc::Reply &out) {
                     out.answer(Unexpected(rpc::errorOf(Failure{FailureCode::UnknownContact, {}, {}})));
                 }}};
    }

    void answer(const QString &tag)
    {
        const rpc::Reply reply = m_open.value(tag, rpc::Reply(nullptr, nullptr));
        m_open.remove(tag);
        reply.answer(QJsonValue(tag));
    }

    QStringList started; ///< in order

private:
    QHash<QString, rpc::Reply> m_open;
};

/// Collects lines and says in short what they answer: "1=text", "1!-32601", "null!-32700".
class Answers
{
public:
    void write(const QByteArray &line) { m_lines.append(line); }

    QStringList shortly() const
    {
        QStringList all;
        for (const QByteArray &line : m_lines)
            all.append(shortly(QJsonDocument::fromJson(line).object()));
        return all;
    }

private:
    static QString shortly(const QJsonObject &answer)
    {
        using namespace Qt::StringLiterals;
        const QJsonValue id = answer.value(u"id"_s);
        const QString who = id.isNull() ? u"null"_s : id.toVariant().toString();
        if (answer.contains(u"error"_s))
            return who + u'!' + QString::number(answer.value(u"error"_s).toObject().value(u"code"_s).toInt());
        return who + u'=' + answer.value(u"result"_s).toString();
    }

    QList<QByteArray> m_lines;
};

} // namespace planb::test
