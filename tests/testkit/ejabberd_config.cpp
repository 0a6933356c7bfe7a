// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/testkit/ejabberd_config.h"

using namespace Qt::StringLiterals;

namespace planb::test {

namespace {

QString configurationTemplate()
{
    return uR"(# A server for one test. Everything it owns is in this folder.
loglevel: info
hosts: ["@domain@"]
certfiles: ["@folder@/both.pem"]
ca_file: "@certificate@"
default_db: mnesia
auth_method: [mnesia]
auth_password_format: scram
listen:
  - port: @port@
    ip: "127.0.0.1"
    module: ejabberd_c2s
    starttls: true
    starttls_required: true
    access: all
    shaper: none
    max_stanza_size: 262144
  - port: @directTlsPort@
    ip: "127.0.0.1"
    module: ejabberd_c2s
    tls: true
    access: all
    shaper: none
    max_stanza_size: 262144
  - port: @adminPort@
    ip: "127.0.0.1"
    module: ejabberd_http
    request_handlers: { /api: mod_http_api }
acl:
  loopback: { ip: ["127.0.0.0/8"] }
api_permissions:
  "this computer":
    who: { access: { allow: loopback } }
    what: ["register", "list_cluster", "connected_users_info"]
registration_timeout: infinity
@captcha@shaper_rules: { max_user_offline_messages: 10000 } # the default would drop what a long cut leaves behind
modules:
  mod_admin_extra: {}
  mod_blocking: {}
  mod_carboncopy: {}
  mod_client_state: {}
  mod_disco: {}
  mod_http_api: {}
@archive@  mod_offline: {}
  mod_ping: {}
  mod_privacy: {}
  mod_register: { access: @register@, ip_access: all, registration_watchers: [], captcha_protected: @isProtected@ }
  mod_roster: {}
  mod_stream_mgmt: { resend_on_timeout: if_offline, resume_timeout: @resumeTime@, ack_timeout: 10 }
)"_s;
}

} // namespace

QByteArray EjabberdConfig::text() const
{
    QString text = configurationTemplate();
    text.replace(u"@folder@"_s, folder);
    text.replace(u"@domain@"_s, domain);
    text.replace(u"@certificate@"_s, certificate.certificateFile);
    text.replace(u"@port@"_s, QString::number(port));
    text.replace(u"@directTlsPort@"_s, QString::number(directTlsPort));
    text.replace(u"@adminPort@"_s, QString::number(adminPort));
    text.replace(u"@archive@"_s, keepsArchive ? u"  mod_mam: { default: always, assume_mam_usage: true }\n"_s : u""_s);
    const bool hasCaptcha = !captchaProgram.isEmpty();
    text.replace(u"@captcha@"_s, hasCaptcha ? u"captcha_cmd: \"%1\"\n"_s.arg(captchaProgram) : QString());
    text.replace(u"@isProtected@"_s, hasCaptcha ? u"true"_s : u"false"_s);
    text.replace(u"@register@"_s, openRegistration ? u"all"_s : u"none"_s);
    text.replace(u"@resumeTime@"_s, QString::number(resumeTime.count()));
    return text.toUtf8();
}

QByteArray EjabberdConfig::names() const
{
    return "{lookup,[\"file\"]}.\n{host,{127,0,0,1},[\"localhost\",\"" + domain.toUtf8()
        + "\"]}.\n{file,resolv,\"/dev/null\"}.\n";
}

} // namespace planb::test
