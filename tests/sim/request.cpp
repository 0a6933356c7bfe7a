// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/sim/request.h"

#include <charconv>

namespace planb::sim {

namespace {

/// The words of a command line, one after the other.
class Words
{
public:
    explicit Words(const std::vector<std::string> &words) : m_words(words) {}

    bool atEnd() const { return m_at == m_words.size(); }
    std::string next() { return atEnd() ? std::string() : m_words[m_at++]; }
    template<class Number>
    bool take(Number &number)
    {
        const std::string word = next();
        const auto end = word.data() + word.size();
        const auto read = std::from_chars(word.data(), end, number);
        return !word.empty() && read.ec == std::errc() && read.ptr == end;
    }

private:
    const std::vector<std::string> &m_words;
    std::size_t m_at = 0;
};

bool takeModes(const std::string &name, std::vector<Mode> &modes)
{
    if (name == "safety")
        modes = {Mode::Safety};
    else if (name == "liveness")
        modes = {Mode::Liveness};
    else if (name == "both")
        modes = {Mode::Safety, Mode::Liveness};
    else
        return false;
    return true;
}

bool takeOption(const std::string &option, Words &words, Request &request)
{
    if (option == "--seed") {
        request.count = 1;
        return words.take(request.first);
    }
    if (option == "--seeds")
        return words.take(request.first) && words.take(request.count);
    if (option == "--jobs")
        return words.take(request.jobs) && request.jobs >= 1 && request.jobs <= 64;
    if (option == "--mode")
        return takeModes(words.next(), request.modes);
    for (const auto &[name, flag] : {std::pair("--trace", &Request::trace), std::pair("--shrink", &Request::shrink),
                                     std::pair("--check-determinism", &Request::checkDeterminism)}) {
        if (option == name) {
            request.*flag = true;
            return true;
        }
    }
    return false;
}

} // namespace

const char *usage()
{
    return "Usage: planb-sim [--seed N | --seeds FROM COUNT] [--mode safety|liveness|both] [--jobs N]\n"
           "                 [--trace] [--shrink] [--check-determinism]\n"
           "\n"
           "Plays stories of people whose networks, servers and computers fail, with PlanB's own core, and checks\n"
           "that it keeps its promises. Exit status: 0 it did, 1 it did not, 2 a wrong call.\n"
           "\n"
           "  --seed N             one story\n"
           "  --seeds FROM COUNT   many (default: 1 100)\n"
           "  --mode MODE          safety: faults to the end; liveness (default): they end, and everything arrives\n"
           "  --jobs N             in so many processes\n"
           "  --trace              print what happens\n"
           "  --shrink             leave out of a story that fails whatever it fails without, and print the rest\n"
           "  --check-determinism  play each story twice: the traces must be the same\n";
}

std::optional<Request> parseRequest(const std::vector<std::string> &words, std::string &complaint)
{
    Request request;
    for (Words rest(words); !rest.atEnd();) {
        const std::string option = rest.next();
        if (!takeOption(option, rest, request)) {
            complaint = "cannot make sense of " + option;
            return {};
        }
    }
    return request;
}

} // namespace planb::sim
