// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace planb::delivery::test {

/// One table of docs/delivery.md as the code says it, in Markdown.
struct DocumentTable {
    QString name; ///< as in the marks around it: <!-- table: NAME --> … <!-- end -->
    QString markdown;
};

/// Every table that is checked, found out by asking and driving the code.
QList<DocumentTable> documentTables();

/// Names of the constants in the table of constants.
QStringList documentedConstants();

QString markdownTable(const QStringList &head, const QList<QStringList> &rows);
/// "500 ms", "30 s", "10 min", "24 h", "30 d": the largest unit of which it is two or more, without a rest.
QString durationText(qint64 millis);

DocumentTable linkTable();
DocumentTable attemptTable();

} // namespace planb::delivery::test
