// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/composition.h"
#include "core/rpc/when_answered.h"

#include <QFuture>
#include <QJsonObject>
#include <QJsonValue>
#include <QObject>
#include <QString>

#include <functional>
#include <memory>
#include <type_traits>

namespace planb::ctl {

/// One run of one command: its messenger, its output, its end. A command asks through it and ends through it
/// exactly once; what answers after the end is not heard any more.
class Run : public QObject
{
    Q_OBJECT

public:
    enum Exit { Done = 0, Failed = 1, WrongCall = 2 };

    Run(QString profileFolder, bool asJson);
    ~Run() override;

    const QString &folder() const { return m_folder; }
    bool asJson() const { return m_asJson; }
    /// PLANB_PASSPHRASE, which is not in the environment any more.
    const std::optional<QString> &passphrase() const { return m_passphrase; }

    /// Makes the messenger without opening the profile.
    Messenger &prepare(Reach reach, std::optional<KeyStorage> keyStorage = {});
    /// Makes it, opens the profile (with PLANB_PASSPHRASE where that is needed), goes on.
    void open(Reach reach, const std::function<void()> &then);
    Messenger &messenger() { return *m_messenger; }
    /// Opens what prepare() made. Answers with ProfileLocked only when there is no PLANB_PASSPHRASE.
    void openProfile(const std::function<void(const Result<void> &)> &then);

    /// Goes on with the value, or ends with the failure.
    template<class T, class Then>
    void ask(const QFuture<Result<T>> &future, Then then)
    {
        answer(future, [this, then](const Result<T> &result) {
            if (!result)
                return fail(result.error());
            if constexpr (std::is_void_v<T>)
                then();
            else
                then(*result);
        });
    }

    /// Goes on with the value or the failure.
    template<class T, class Then>
    void answer(const QFuture<Result<T>> &future, Then then)
    {
        rpc::whenAnswered(future, this, [this, then](const Result<T> &result) {
            if (!m_hasEnded)
                then(result);
        });
    }

    /// Prints one of the two, ends with Done.
    void finish(const QJsonValue &json, const QString &text);
    void fail(const Failure &failure);
    /// `sentence` goes to standard error. With --json, `json` is printed as well.
    void fail(const QString &sentence, const QJsonValue &json);
    void refuse(const QString &sentence); ///< ends with WrongCall
    void end(int exitCode);
    bool hasEnded() const { return m_hasEnded; }

    /// Whole lines, as they are. Ends the run when they cannot be written.
    void print(const QByteArray &lines);
    /// From now on the command runs until it is stopped: an interruption, or a reader that goes away, is then its
    /// ordinary end.
    void becomeEndless() { m_isEndless = true; }
    void interrupt();

Q_SIGNALS:
    void ended(int exitCode);

private:
    const QString m_folder;
    const bool m_asJson;
    bool m_isEndless = false;
    bool m_hasEnded = false;
    std::optional<QString> m_passphrase;
    std::unique_ptr<Messenger> m_messenger;
};

/// "planbctl: SENTENCE" on standard error.
void complain(const QString &sentence);
/// One JSON value on one line.
QByteArray jsonLine(const QJsonValue &json);

} // namespace planb::ctl
