// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Any server against the whole session, from several states. The input's first byte is the state to begin with;
// then comes what the server says. A NUL byte, which no stream can hold, and the letter after it are something
// else that happens: see happen(). "@i" and "@q" stand for what no input can guess: the ids of our last question to the
// archive.
#include "tests/transports/xmpp/dialogue.h"

#include <cstdlib>
#include <map>
#include <set>

namespace {

using namespace planb;
using test::Dialogue;

const QByteArray kNewerLogin = "<authentication xmlns='urn:xmpp:sasl:2'><mechanism>PLAIN</mechanism>"
                               "<mechanism>SCRAM-SHA-1</mechanism><inline><sm xmlns='urn:xmpp:sm:3'/>"
                               "<bind xmlns='urn:xmpp:bind:0'><inline><feature var='urn:xmpp:sm:3'/></inline></bind>"
                               "</inline></authentication>";

class Run
{
public:
    explicit Run(bool registers) : m_talk(account(registers)) {}

    void begin(std::uint8_t state)
    {
        if (state & 64)
            m_talk.session.people().start({}, m_talk.now);
        // Half of them with an archive to read.
        if (state / 8 % 2 == 1)
            m_talk.session.setArchiveMark(ArchiveMark{QStringLiteral("m0"), wallFromMillis(1'700'000'000'000)});
        switch (state % 8) {
        case 0: m_talk.connect(); break;
        case 1: m_talk.connect(true), m_talk.encrypt(); break;
        case 2: m_talk.reachLogin({"SCRAM-SHA-1", "PLAIN"}, state & 32 ? kNewerLogin : QByteArray()); break;
        case 3: m_talk.logIn(); break;
        case 4: m_talk.comeOnline(true); break;
        case 5: m_talk.comeOnlineResumable(); break;
        case 6:
            m_talk.comeOnlineResumable();
            happen('s');
            m_talk.close(FailureCode::ConnectionLost);
            m_talk.reachResumption();
            break;
        default: m_talk.comeOnline(false); break;
        }
    }

    void play(QByteArrayView input)
    {
        while (!input.isEmpty()) {
            const qsizetype next = input.indexOf('\0');
            m_talk.server(filled((next < 0 ? input : input.first(next)).toByteArray()));
            watch();
            if (next < 0 || next + 1 >= input.size())
                break;
            happen(input[next + 1]);
            watch();
            input = input.sliced(next + 2);
        }
    }

    void end()
    {
        m_talk.close(FailureCode::ConnectionLost);
        watch();
        // Whatever the server did, every attempt has been answered.
        if (!m_open.empty())
            std::abort();
    }

private:
    static xmpp::Account account(bool registers)
    {
        xmpp::Account account = Dialogue::alice();
        account.registers = registers;
        return account;
    }

    QByteArray filled(QByteArray piece)
    {
        const QByteArray said = m_talk.client();
        if (const qsizetype at = said.lastIndexOf("<iq type='set' to='alice@example.org'"); at >= 0) {
            m_iq = test::attributeIn(said.sliced(at), "id");
            m_query = test::attributeIn(said.sliced(at), "queryid");
        }
        return piece.replace("@i", m_iq).replace("@q", m_query);
    }

    static bool isEmptyByKind(const Incoming &incoming)
    {
        return incoming.kind == ContentKind::Retraction || incoming.kind == ContentKind::Reaction
            || (incoming.kind == ContentKind::Text && !incoming.sealedBy.isEmpty());
    }

    void happen(char what)
    {
        switch (what) {
        case 's':
            ++m_attempts;
            m_open.insert(m_attempts);
            m_talk.send(m_attempts, QStringLiteral("hello"), QStringLiteral("bob@example.org"),
                        QStringLiteral("w%1").arg(m_attempts));
            break;
        case 'h':
            for (const quint64 token : std::exchange(m_waiting, {}))
                m_talk.session.handled(token, Disposition::Committed, m_talk.now);
            break;
        case 'a':
            m_talk.session.acknowledge({{*StreamId::parse(u"00112233445566ff"), AckRanges()}},
                                       {TransportKind::Xmpp, QStringLiteral("bob@example.org")});
            break;
        case 'p': m_talk.session.probe(m_talk.now); break;
        case 't': m_talk.pass(Millis(150)); break;
        case 'T': m_talk.pass(Millis(31'000)); break;
        case 'e': m_talk.encrypt(); break;
        case 'c':
            m_talk.close(FailureCode::ConnectionLost);
            m_talk.connect();
            break;
        case 'o':
            m_talk.close(FailureCode::ConnectionLost);
            m_talk.comeOnline();
            break;
        case 'r':
            m_talk.close(FailureCode::ConnectionLost);
            m_talk.reachResumption();
            break;
        case 'f': m_talk.session.finish(); break;
        default: break;
        }
    }

    void watch()
    {
        for (const auto &handed : m_talk.events<xmpp::HandedOver>()) {
            if (m_open.erase(handed.attempt.value()) != 1)
                std::abort();
        }
        std::vector<Incoming> all = m_talk.events<Incoming>();
        for (const ArchivePage &page : m_talk.events<ArchivePage>()) {
            if (page.messages.size() > 1'000)
                std::abort();
            all.insert(all.end(), page.messages.begin(), page.messages.end());
        }
        for (const Incoming &incoming : all) {
            const bool isSound = incoming.token != 0 && m_tokens.insert(incoming.token).second
                && (!incoming.text.isEmpty() || isEmptyByKind(incoming)) && incoming.text.toUtf8().size() <= 30'000
                && (incoming.kind == ContentKind::Text) == !incoming.target
                && incoming.from.value != QStringLiteral("alice@example.org");
            if (!isSound || incoming.parents.size() > kMaxParents || incoming.acks.size() > kMaxStreamAcks)
                std::abort();
            if (incoming.place && (incoming.place->base < 1 || incoming.place->base > incoming.place->number))
                std::abort();
            m_waiting.insert(incoming.token);
        }
        for (const Acknowledgement &told : m_talk.events<Acknowledgement>()) {
            if (told.acks.isEmpty() || told.acks.size() > kMaxStreamAcks)
                std::abort();
        }
        m_talk.events<Report>();
        for (const RosterNews &news : m_talk.events<RosterNews>()) {
            if (const auto *avatar = std::get_if<AvatarChanged>(&news);
                avatar && avatar->avatar.bytes.size() > kMaxAvatarBytes)
                std::abort();
            if (const auto *asked = std::get_if<PresenceAsked>(&news);
                asked && std::max(asked->nickname.size(), asked->words.size()) > kMaxRosterText)
                std::abort();
        }
    }

    Dialogue m_talk;
    QByteArray m_iq, m_query;
    qint64 m_attempts = 0;
    std::set<qint64> m_open;
    std::set<quint64> m_tokens, m_waiting;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    if (size < 2)
        return 0;
    Run run(data[0] >= 128);
    run.begin(data[0]);
    run.play(QByteArrayView(data + 1, static_cast<qsizetype>(size) - 1));
    run.end();
    return 0;
}
