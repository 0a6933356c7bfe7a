// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/demo/dialogue.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace planb::demo {

namespace {

const QStringList &script()
{
    static const QStringList lines{
        u"안녕! 오늘 저녁에 시간 돼?"_s,
        u"Hi! Yes, after six."_s,
        u"그럼 일곱 시에 을지로에서 볼까?"_s,
        u"Perfect. 냉면 먹자 🍜"_s,
        u"좋아, 예약은 내가 할게."_s,
        u"Thanks. How many are we?"_s,
        u"민수랑 지우도 온대."_s,
        u"So four of us then."_s,
        u"응, 네 명으로 예약했어."_s,
        u"Which exit of the station?"_s,
        u"3번 출구로 나오면 바로 보여."_s,
        u"Got it, exit 3."_s,
        u"비 온다니까 우산 챙겨 ☔"_s,
        u"Already in my bag 😄"_s,
        u"지난번 그 사진들 있어?"_s,
        u"On my laptop. I'll bring them."_s,
        u"엄마도 보고 싶어 하셔."_s,
        u"Tell her hello from me!"_s,
        u"그럴게. 할머니는 좀 어떠셔?"_s,
        u"Much better, she walks again."_s,
        u"정말 다행이다."_s,
        u"She asks about you every week."_s,
        u"주말에 같이 찾아뵙자."_s,
        u"Saturday morning?"_s,
        u"토요일 열 시, 괜찮아."_s,
        u"I'll drive, be ready at half past nine."_s,
        u"그런데 요즘 메신저 또 멈췄다며?"_s,
        u"Not ours. Did you notice anything?"_s,
        u"아니, 전혀 몰랐어."_s,
        u"That is the whole idea."_s,
        u"예전엔 하루 종일 연락이 안 됐잖아."_s,
        u"I remember. The whole office stood still."_s,
        u"택시도 결제도 다 안 됐지."_s,
        u"And nobody had a plan B."_s,
        u"이제는 있지 😎"_s,
        u"Do your messages still show two ways?"_s,
        u"응, 어느 길로 갔는지 다 보여."_s,
        u"Mine too. I like that it tells the truth."_s,
        u"회의 자료는 언제 줄 수 있어?"_s,
        u"Tonight, before midnight."_s,
        u"급한 건 아니야, 내일도 돼."_s,
        u"Then tomorrow at nine."_s,
        u"고마워. 점심은 먹었어?"_s,
        u"Just a sandwich. 너는?"_s,
        u"나는 김치찌개!"_s,
        u"Now I'm hungry again."_s,
        u"저녁까지 조금만 참아 ㅋㅋ"_s,
        u"I'll try 😂"_s,
        u"참, 책 다 읽었어?"_s,
        u"Almost. Forty pages to go."_s,
        u"결말은 말하지 마!"_s,
        u"I would never."_s,
        u"그럼 다음 주에 바꿔 보자."_s,
        u"Deal. I want the one about the sea."_s,
        u"그거 진짜 재밌어."_s,
        u"That's what everybody says."_s,
    };
    return lines;
}

} // namespace

QString Dialogue::next()
{
    const qsizetype round = m_line / script().size() + 1;
    const QString &text = script().at(m_line % script().size());
    ++m_line;
    return round == 1 ? text : u"%1 (%2)"_s.arg(text).arg(round);
}

} // namespace planb::demo
