// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/demo/interruption.h"
#include "tests/demo/talk.h"
#include "tests/demo/timeline.h"
#include "tests/testkit/stage.h"

#include <QDeadlineTimer>

#include <functional>

namespace planb::demo {

/// The acts: talk, kill the primary, talk on, bring it back, return; the same with a frozen primary.
class Show
{
public:
    /// `limit`: for everything together.
    Show(test::Stage &stage, Talk &talk, const Timeline &timeline, const Interruption &interruption, Millis limit);

    /// The error says what was awaited in vain, or that somebody pressed Ctrl+C.
    test::Outcome<void> play();
    QList<RoundFigures> figures() const;

private:
    struct Fault {
        QString name;
        QString announcement;
        QString repairAnnouncement;
        std::function<void()> strike;
        std::function<test::Outcome<void>()> repair;
    };

    void narrate(test::Person &person);
    void onLinkChanged(const QString &who, const QString &label, const QJsonObject &transport);
    test::Outcome<void> await(const QString &what, const std::function<bool()> &condition, Millis limit);
    test::Outcome<void> letThemTalk(Millis time);
    test::Outcome<void> playRound(const Fault &fault);
    test::Outcome<void> strike(const Fault &fault);
    test::Outcome<void> finish();
    RoundFigures newest() const;

    test::Stage &m_stage;
    Talk &m_talk;
    const Timeline &m_timeline;
    const Interruption &m_interruption;
    QDeadlineTimer m_deadline;
    QList<RoundTimes> m_rounds;
    QHash<QString, QString> m_told; ///< what was last said about a link, by person
    QObject m_context; ///< ends the connections with this object
};

} // namespace planb::demo
