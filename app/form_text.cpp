// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/form_text.h"

#include "app/shell_word.h"
#include "app/text.h"

#include <QDir>
#include <QFile>

namespace planb::ctl {

using namespace Qt::StringLiterals;

namespace {

QString endingFor(const QString &type)
{
    if (type == u"image/png"_s)
        return u"png"_s;
    if (type == u"image/jpeg"_s)
        return u"jpg"_s;
    if (type == u"image/gif"_s)
        return u"gif"_s;
    return u"bin"_s;
}

QString mediaText(const FormMedia &media, QStringList &pictures)
{
    if (media.data.isEmpty())
        return printable(media.url);
    if (pictures.isEmpty())
        return u"%1: save it with --pictures"_s.arg(printable(media.type));
    return printable(pictures.takeFirst());
}

QString optionsText(const QList<FormOption> &options)
{
    QStringList words;
    for (const FormOption &option : options) {
        const QString value = printable(option.value);
        words.append(option.label == option.value ? value : u"%1 (%2)"_s.arg(value, printable(option.label)));
    }
    return u"one of "_s + words.join(u", "_s);
}

QString notesOn(const FormField &field, QStringList &pictures)
{
    QStringList notes;
    if (field.name == u"username"_s || field.name == u"password"_s)
        notes.append(u"known already"_s);
    else if (field.required)
        notes.append(u"required"_s);
    if (!field.help.isEmpty())
        notes.append(printable(field.help));
    if (!field.options.isEmpty())
        notes.append(optionsText(field.options));
    if (!field.values.isEmpty())
        notes.append(u"suggested: "_s + printable(field.values.join(u", "_s)));
    for (const FormMedia &media : field.media)
        notes.append(mediaText(media, pictures));
    return notes.join(u"; "_s);
}

/// "--answer NAME=VALUE" for each value of a hidden field.
QStringList answerWords(const FormField &field)
{
    const QStringList values = field.values.isEmpty() ? QStringList(QString()) : field.values;
    QStringList words;
    for (const QString &value : values) {
        // An answer's name ends at the first equals sign.
        const auto word = field.name.contains(u'=') ? std::nullopt : shellWord(field.name + u'=' + value);
        words.append(word ? u"--answer "_s + *word
                          : u"(%1 cannot be written here: use --json)"_s.arg(printable(field.name)));
    }
    return words;
}

} // namespace

QString formText(const AccountForm &form, const QStringList &pictures)
{
    QList<QStringList> rows;
    QStringList hidden;
    QStringList left = pictures;
    for (const FormField &field : form.fields) {
        if (field.type == FormField::Type::Hidden)
            hidden += answerWords(field);
        else
            rows.append({printable(field.name), printable(field.label), notesOn(field, left)});
    }
    QString text = form.instructions.isEmpty() ? QString() : printable(form.instructions) + u'\n';
    if (!form.url.isEmpty())
        text += u"Accounts are made at %1\n"_s.arg(printable(form.url));
    text += table(rows);
    if (!hidden.isEmpty())
        text += u"Give this back as it is, beside your own answers:\n  "_s + hidden.join(u' ') + u'\n';
    return text;
}

Expected<QStringList, QString> savePictures(const AccountForm &form, const QString &folder)
{
    QStringList paths;
    for (const FormField &field : form.fields) {
        for (const FormMedia &media : field.media) {
            if (media.data.isEmpty())
                continue;
            const QString name = u"picture-%1.%2"_s.arg(QString::number(paths.size() + 1), endingFor(media.type));
            QFile file(QDir(folder).filePath(name));
            if (!file.open(QIODevice::WriteOnly) || file.write(media.data) != media.data.size() || !file.flush())
                return Unexpected(u"%1 could not be written: %2."_s.arg(file.fileName(), file.errorString()));
            paths.append(file.fileName());
        }
    }
    return paths;
}

} // namespace planb::ctl
