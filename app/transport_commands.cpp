// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ask_secret.h"
#include "app/command.h"
#include "app/name_lookup.h"
#include "app/run.h"
#include "app/transport_settings.h"
#include "core/rpc/encode.h"
#include "core/rpc/failure_sentence.h"

#include <algorithm>

namespace planb::ctl {

using namespace Qt::StringLiterals;

namespace {

/// Opens the profile without network and goes on with the transport that the user named.
void withTransport(Run &run, const QString &wanted, const std::function<void(const TransportStatus &)> &then)
{
    run.open(Reach::Offline, [&run, wanted, then] {
        run.ask(run.messenger().transports(), [&run, wanted, then](const QList<TransportStatus> &chain) {
            const auto found = findByIdOrName<TransportStatus>(chain, wanted, FailureCode::UnknownTransport,
                                                               [](const TransportStatus &t) { return t.label; });
            if (!found)
                return run.fail(found.error());
            then(*found);
        });
    });
}

void add(Run &run, const Arguments &arguments)
{
    if (arguments.positional.first() != u"xmpp"_s)
        return run.refuse(u"The kind of the transport is xmpp."_s);
    Expected<QJsonObject, QString> settings = xmppSettings(arguments);
    if (!settings)
        return run.refuse(settings.error());
    const auto secret = askPassword(run);
    if (!secret)
        return;
    settings->insert(u"password"_s, *secret);
    const QString label = arguments.value(u"label"_s).value_or(QString());
    run.open(Reach::Offline, [&run, label, all = *settings] {
        run.ask(run.messenger().addTransport(TransportKind::Xmpp, label, all, {}), [&run, label](TransportId id) {
            run.finish(QJsonObject{{u"id"_s, id.toString()}},
                       u"Added %1 as %2.\n"_s.arg(printable(label), id.toString()));
        });
    });
}

void list(Run &run, const Arguments &)
{
    run.open(Reach::Offline, [&run] {
        run.ask(run.messenger().transports(), [&run](const QList<TransportStatus> &chain) {
            QList<QStringList> rows;
            for (const TransportStatus &transport : chain)
                rows.append({transport.id.toString(), nameOf(transport.kind), printable(transport.label),
                             printable(transport.address), transport.enabled ? u"enabled"_s : u"disabled"_s});
            run.finish(rpc::listToJson(chain), table(rows));
        });
    });
}

void order(Run &run, const Arguments &arguments)
{
    QList<TransportId> ids;
    for (const QString &word : arguments.positional) {
        const auto id = TransportId::fromString(word);
        if (!id)
            return run.refuse(u"\"%1\" is no id of a transport; see planbctl transport list."_s.arg(word));
        ids.append(*id);
    }
    run.open(Reach::Offline, [&run, ids] {
        run.ask(run.messenger().reorderTransports(ids), [&run] { run.finish(QJsonObject(), {}); });
    });
}

QString stepsAsText(const QJsonArray &steps)
{
    QList<QStringList> rows;
    for (const auto &value : steps) {
        const QJsonObject step = value.toObject();
        rows.append({step.value(u"name"_s).toString(), step.value(u"ok"_s).toBool() ? u"ok"_s : u"failed"_s,
                     u"%1 ms"_s.arg(step.value(u"ms"_s).toInteger()), printable(step.value(u"detail"_s).toString())});
    }
    return table(rows);
}

void showTest(Run &run, const TransportTest &test)
{
    const QJsonObject json = rpc::toJson(test);
    const QString text = stepsAsText(json.value(u"steps"_s).toArray());
    if (test.ok)
        return run.finish(json, text);
    if (!run.asJson())
        run.print(text.toUtf8());
    const bool saysWhy = !test.steps.isEmpty() && test.steps.last().failure;
    run.fail(saysWhy ? rpc::sentenceFor(*test.steps.last().failure) : u"The transport does not work."_s, json);
}

void test(Run &run, const Arguments &arguments)
{
    withTransport(run, arguments.positional.first(), [&run](const TransportStatus &transport) {
        run.ask(run.messenger().testTransport(transport.id),
                [&run](const TransportTest &result) { showTest(run, result); });
    });
}

void remove(Run &run, const Arguments &arguments)
{
    withTransport(run, arguments.positional.first(), [&run](const TransportStatus &transport) {
        run.ask(run.messenger().removeTransport(transport.id), [&run] { run.finish(QJsonObject(), {}); });
    });
}

void update(Run &run, const Arguments &arguments)
{
    if (arguments.has(u"enable"_s) && arguments.has(u"disable"_s))
        return run.refuse(u"The options --enable and --disable exclude each other."_s);
    if (arguments.options.isEmpty())
        return run.refuse(u"There is nothing to change; see planbctl transport update --help."_s);
    Expected<QJsonObject, QString> settings = xmppSettings(arguments);
    if (!settings)
        return run.refuse(settings.error());
    if (arguments.has(u"new-password"_s)) {
        const auto secret = askPassword(run);
        if (!secret)
            return;
        settings->insert(u"password"_s, *secret);
    }
    std::optional<bool> enabled;
    if (arguments.has(u"enable"_s) || arguments.has(u"disable"_s))
        enabled = arguments.has(u"enable"_s);
    const auto changed = settings->isEmpty() ? std::nullopt : std::optional(*settings);
    withTransport(run, arguments.positional.first(),
                  [&run, label = arguments.value(u"label"_s), enabled, changed](const TransportStatus &transport) {
                      run.ask(run.messenger().updateTransport(transport.id, label, enabled, changed),
                              [&run] { run.finish(QJsonObject(), {}); });
                  });
}

QList<Option> addOptions()
{
    using enum Option::Presence;
    return QList<Option>{{u"label"_s, u"LABEL"_s, u"your name for it, e.g. Primary"_s, Required},
                         {u"jid"_s, u"JID"_s, u"the account, name@server"_s, Required}}
    + xmppSettingOptions();
}

QList<Option> updateOptions()
{
    using enum Option::Presence;
    return QList<Option>{{u"label"_s, u"LABEL"_s, u"your name for it"_s, Optional},
                         {u"enable"_s, {}, u"use it again"_s, Optional},
                         {u"disable"_s, {}, u"keep it, but do not use it"_s, Optional},
                         {u"new-password"_s, {}, u"read a new password, like \"transport add\" does"_s, Optional}}
    + xmppSettingOptions();
}

} // namespace

QList<Command> transportCommands()
{
    constexpr qsizetype kMany = 1000;
    return {
        {u"transport add"_s, u"xmpp"_s,
         u"add an account at the end of the chain; its password is PLANB_PASSWORD or one line on standard input"_s,
         addOptions(), 1, 1, add},
        {u"transport list"_s, {}, u"show the chain in order of priority"_s, {}, 0, 0, list},
        {u"transport order"_s, u"ID…"_s, u"put the chain into this order; name every transport"_s, {}, 1, kMany, order},
        {u"transport test"_s, u"ID"_s, u"try to connect and log in, step by step"_s, {}, 1, 1, test},
        {u"transport update"_s, u"ID"_s, u"change a transport"_s, updateOptions(), 1, 1, update},
        {u"transport remove"_s, u"ID"_s, u"remove a transport; waiting messages take other ways"_s, {}, 1, 1, remove},
    };
}

} // namespace planb::ctl
