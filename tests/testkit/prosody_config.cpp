// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testkit/prosody_config.h"

using namespace Qt::StringLiterals;

namespace planb::test {

namespace {

QString configurationTemplate()
{
    return uR"(-- A server for one test. Written by PlanB's test kit; everything it owns is in this folder.
run_as_root = true -- only looked at when root starts it; otherwise it would give up its rights to this folder

pidfile = "@folder@/prosody.pid"
data_path = "@folder@/data"
log = { @level@ = "@folder@/prosody.log" }

interfaces = { "127.0.0.1" }
local_interfaces = { "127.0.0.1" }
c2s_ports = { @starttls@ }
c2s_direct_tls_ports = { @direct@ }
http_ports = {}
https_ports = { @uploadPort@ }
https_interfaces = { "127.0.0.1" }

-- One domain that knows no others: a stanza for anybody else is refused here, so no name is ever looked up.
modules_disabled = { "s2s", "s2s_auth_certs", @nohttp@ }
modules_enabled = {
    "roster", "saslauth", "tls", "disco", "ping", "carbons", "csi_simple",
    "mam", "smacks", "blocklist", "limits", "register", @invites@ @module@
}
plugin_paths = { @plugins@ }

ssl = { certificate = "@certificate@", key = "@key@" }
c2s_direct_tls_ssl = ssl
https_ssl = ssl
c2s_require_encryption = true

authentication = "internal_hashed"
allow_registration = @registration@
registration_invite_only = @invitesOnly@

storage = "internal"
storage_archive_item_limit = 100000
archive_expires_after = "1w"

smacks_hibernation_time = 60
smacks_max_queue_size = 2000
smacks_max_ack_delay = 2

-- The packaged limit of 10 kB/s would make every burst a test of patience.
limits = { c2s = { rate = "10mb/s", burst = "5s" } }
@extra@

VirtualHost "@domain@"
@upload@
)"_s;
}

QString uploadComponent()
{
    return uR"(
Component "upload.@domain@" "http_file_share"
    http_file_share_size_limit = 1000000
    http_host = "localhost"
    http_external_url = "https://localhost:@uploadPort@/"
)"_s;
}

/// A Lua string; nothing for an empty one.
QString quoted(const QString &text)
{
    return text.isEmpty() ? QString() : u'"' + text + u'"';
}

} // namespace

QByteArray prosodyConfiguration(const ProsodyConfig &config)
{
    QString text = configurationTemplate();
    const bool takesFiles = config.uploadPort != 0;
    text.replace(u"@nohttp@"_s, takesFiles ? QString() : u"\"http\""_s);
    text.replace(u"@upload@"_s, takesFiles ? uploadComponent() : QString());
    text.replace(u"@uploadPort@"_s, QString::number(config.uploadPort));
    text.replace(u"@folder@"_s, config.folder);
    text.replace(u"@level@"_s, config.verboseLog ? u"debug"_s : u"info"_s);
    text.replace(u"@starttls@"_s, QString::number(config.starttlsPort));
    text.replace(u"@direct@"_s, QString::number(config.directTlsPort));
    text.replace(u"@certificate@"_s, config.certificate.certificateFile);
    text.replace(u"@key@"_s, config.certificate.keyFile);
    text.replace(u"@registration@"_s, config.openRegistration || config.invitesOnly ? u"true"_s : u"false"_s);
    text.replace(u"@invitesOnly@"_s, config.invitesOnly ? u"true"_s : u"false"_s);
    text.replace(u"@invites@"_s, config.invitesOnly ? u"\"invites\", \"invites_register\","_s : QString());
    text.replace(u"@domain@"_s, config.domain);
    text.replace(u"@module@"_s, quoted(config.extraModule));
    text.replace(u"@plugins@"_s, quoted(config.pluginFolder));
    text.replace(u"@extra@"_s, config.extraLines);
    return text.toUtf8();
}

} // namespace planb::test
