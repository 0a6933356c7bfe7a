// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command.h"
#include "app/run.h"
#include "app/stdin_reader.h"
#include "core/base/log.h"
#include "core/rpc/methods.h"
#include "core/rpc/notifier.h"
#include "core/rpc/session.h"

namespace planb::ctl {

using namespace Qt::StringLiterals;

namespace {

/// JSON-RPC on standard input and output until the input ends.
class Serving : public QObject
{
public:
    explicit Serving(Run &run)
        : QObject(&run)
        , m_run(run)
        , m_messenger(run.prepare(Reach::Online))
        , m_notifier(m_messenger, [this](const QByteArray &line) { m_run.print(line); })
        , m_session(rpc::allMethods(m_messenger), [this](const QByteArray &line) { m_run.print(line); })
    {
        connect(&m_input, &StdinReader::received, &m_session, [this](const QByteArray &bytes) {
            m_session.feed(bytes);
            if (!m_session.wantsInput())
                m_input.pause();
        });
        connect(&m_input, &StdinReader::ended, &m_session, &rpc::Session::finish);
        connect(&m_session, &rpc::Session::inputWanted, &m_input, &StdinReader::resume);
        connect(&m_session, &rpc::Session::ended, this, [this] { m_run.end(Run::Done); });
    }

    void start()
    {
        m_run.becomeEndless();
        // Nothing is read before the profile is open: the first request would find none.
        m_run.openProfile([this](const Result<void> &opened) {
            if (!opened && !canWaitForTheCaller(opened.error().code))
                return m_run.fail(opened.error());
            if (!opened)
                qCInfo(lcRpc) << "no profile is open yet:" << describe(opened.error());
            m_input.resume();
        });
    }

private:
    /// profile.create and profile.unlock are for these.
    static bool canWaitForTheCaller(FailureCode code)
    {
        return code == FailureCode::ProfileMissing || code == FailureCode::ProfileLocked;
    }

    Run &m_run;
    Messenger &m_messenger;
    rpc::Notifier m_notifier;
    rpc::Session m_session;
    StdinReader m_input;
};

} // namespace

QList<Command> rpcCommands()
{
    return {{u"rpc"_s,
             {},
             u"serve JSON-RPC 2.0 on standard input and output, one object a line, until the input ends"_s,
             {},
             0,
             0,
             [](Run &run, const Arguments &) { (new Serving(run))->start(); }}};
}

} // namespace planb::ctl
