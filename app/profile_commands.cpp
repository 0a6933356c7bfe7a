// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/run.h"
#include "app/text.h"
#include "core/rpc/encode.h"

namespace planb::ctl {

using namespace Qt::StringLiterals;

namespace {

QString whereTheKeyIs(KeyStorage storage)
{
    switch (storage) {
    case KeyStorage::Keyring: return u"Its key is in the operating system's keyring."_s;
    case KeyStorage::File: return u"Its key is in a file of the profile that only you can read."_s;
    case KeyStorage::Passphrase: return u"Its key is protected by the passphrase; without it nobody can open it."_s;
    }
    Q_UNREACHABLE();
}

void init(Run &run, const Arguments &arguments)
{
    const QString key = arguments.value(u"key"_s).value_or(u"auto"_s);
    std::optional<KeyStorage> storage;
    if (key == u"keyring"_s)
        storage = KeyStorage::Keyring;
    else if (key == u"file"_s)
        storage = KeyStorage::File;
    else if (key != u"auto"_s)
        return run.refuse(u"The option --key is auto, keyring or file."_s);
    if (storage && run.passphrase())
        return run.refuse(u"With PLANB_PASSPHRASE set the passphrase keeps the key; leave --key out."_s);
    const QString name = arguments.value(u"name"_s).value_or(QString());
    if (name.trimmed().isEmpty())
        return run.refuse(u"The name is empty."_s);

    Messenger &messenger = run.prepare(Reach::Offline, storage);
    run.ask(messenger.createProfile(name, run.passphrase().value_or(QString())), [&run](const ProfileInfo &profile) {
        QJsonObject json = rpc::toJson(profile);
        json.insert(u"keyStorage"_s, nameOf(profile.keyStorage));
        run.finish(json,
                   u"Made a profile for %1 in %2. %3\n"_s.arg(printable(profile.name), printable(run.folder()),
                                                              whereTheKeyIs(profile.keyStorage)));
    });
}

} // namespace

QList<Command> profileCommands()
{
    return {{u"init"_s,
             {},
             u"make a profile"_s,
             {{u"name"_s, u"NAME"_s, u"your name, as others see it"_s, Option::Presence::Required},
              {u"key"_s, u"auto|keyring|file"_s,
               u"where the key of the database is kept; auto (default): the keyring if there is one, else a file. With "
               "PLANB_PASSPHRASE set, that passphrase keeps it instead"_s,
               Option::Presence::Optional}},
             0,
             0,
             init}};
}

} // namespace planb::ctl
