// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/text.h"

#include <QDateTime>

namespace planb::ctl {

using namespace Qt::StringLiterals;

namespace {

bool turnsDirection(QChar c)
{
    return (c >= QChar(0x202A) && c <= QChar(0x202E)) || (c >= QChar(0x2066) && c <= QChar(0x2069));
}

bool endsLine(QChar c)
{
    return c == u'\n' || c == QChar::LineSeparator || c == QChar::ParagraphSeparator;
}

} // namespace

QString printable(const QString &text)
{
    QString out;
    out.reserve(text.size());
    for (const QChar c : text) {
        if (endsLine(c))
            out += u"\\n"_s;
        else if (c == u'\t')
            out += u' ';
        else if (c.category() == QChar::Other_Control || turnsDirection(c))
            out += QChar::ReplacementCharacter;
        else
            out += c;
    }
    return out;
}

QString localTime(WallTime time)
{
    return QDateTime::fromMSecsSinceEpoch(toMillis(time)).toString(Qt::ISODate);
}

QString preciseLocalTime(WallTime time)
{
    return QDateTime::fromMSecsSinceEpoch(toMillis(time)).toString(Qt::ISODateWithMs);
}

QString table(const QList<QStringList> &rows)
{
    QList<qsizetype> widths;
    for (const QStringList &row : rows) {
        widths.resize(qMax(widths.size(), row.size()));
        for (qsizetype i = 0; i < row.size(); ++i)
            widths[i] = qMax(widths[i], row[i].size());
    }
    QString out;
    for (const QStringList &row : rows) {
        QString line;
        for (qsizetype i = 0; i < row.size(); ++i)
            line += row[i].leftJustified(widths[i] + 2);
        while (line.endsWith(u' '))
            line.chop(1);
        out += line + u'\n';
    }
    return out;
}

} // namespace planb::ctl
