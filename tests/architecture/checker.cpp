// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/checker.h"

#include "tests/architecture/code_text.h"
#include "tests/architecture/rules.h"

#include <algorithm>
#include <array>
#include <ostream>
#include <utility>

namespace planb::architecture {
namespace {

constexpr std::array<std::string_view, 5> kTopFolders = {"core", "transports", "ui", "app", "tests"};
constexpr std::string_view kCopyright = "SPDX-FileCopyrightText: 2026 The PlanB contributors";
constexpr std::string_view kLicence = "SPDX-License-Identifier: GPL-3.0-or-later";

bool isCpp(std::string_view path)
{
    return path.ends_with(".cpp") || path.ends_with(".h");
}

bool isOurs(std::string_view include)
{
    const std::string_view top = include.substr(0, include.find('/'));
    return top != include && std::find(kTopFolders.begin(), kTopFolders.end(), top) != kTopFolders.end();
}

bool startsWithOneOf(std::string_view path, const std::vector<std::string_view> &starts)
{
    return std::any_of(starts.begin(), starts.end(), [path](auto start) { return path.starts_with(start); });
}

const Layer *ruleFor(std::string_view folder)
{
    const auto &table = layers();
    const auto found = std::find_if(table.begin(), table.end(),
                                    [folder](const Layer &l) { return l.folder == folder; });
    return found == table.end() ? nullptr : &*found;
}

bool mayUse(const Layer &layer, std::string_view other)
{
    return other == layer.folder
        || std::any_of(layer.mayInclude.begin(), layer.mayInclude.end(), [other](auto allowed) {
               return allowed.ends_with('*') ? other.starts_with(allowed.substr(0, allowed.size() - 1))
                                             : allowed == other;
           });
}

class Checker
{
public:
    explicit Checker(const SourceFile &file) : m_file(file) {}

    std::vector<Violation> run() &&
    {
        checkLicence();
        if (isCpp(m_file.path)) {
            checkIncludes();
            checkBans();
        }
        return std::move(m_found);
    }

private:
    void report(int line, std::string what) { m_found.push_back({m_file.path, line, std::move(what)}); }

    void checkLicence()
    {
        // Three lines, because a script starts with its interpreter.
        std::size_t end = 0;
        for (int line = 0; line < 3 && end != std::string::npos; ++line)
            end = m_file.text.find('\n', end == 0 ? 0 : end + 1);
        const std::string_view head = std::string_view(m_file.text).substr(0, end);
        if (head.find(kCopyright) == std::string_view::npos || head.find(kLicence) == std::string_view::npos)
            report(1, "the two SPDX lines are missing");
    }

    void checkIncludes()
    {
        const std::string folder = layerOf(m_file.path);
        const Layer *layer = ruleFor(folder);
        if (layer == nullptr)
            return report(0, folder + " has no rule yet; give it one in tests/architecture/rules.cpp");
        for (const Include &include : includesOf(m_file.text)) {
            if (isOurs(include.target))
                checkOwnInclude(*layer, include);
            else
                checkForeignInclude(*layer, include);
        }
    }

    void checkOwnInclude(const Layer &layer, const Include &include)
    {
        if (!include.quoted)
            report(include.line, "our own header <" + include.target + "> belongs in quotes");
        const std::string target = layerOf(include.target);
        if (!mayUse(layer, target))
            report(include.line, std::string(layer.folder) + " must not use " + target + " (" + include.target + ")");
    }

    void checkForeignInclude(const Layer &layer, const Include &include)
    {
        if (include.quoted && !include.target.ends_with(".moc"))
            report(include.line, "\"" + include.target + "\" is not written from the repository's root");
        for (const PrivateLibrary &library : privateLibraries()) {
            if (include.target.starts_with(library.header)
                && std::find(library.layers.begin(), library.layers.end(), layer.folder) == library.layers.end())
                report(include.line, "<" + include.target + "> belongs to " + std::string(library.layers.front()));
        }
    }

    void checkBans()
    {
        const std::string code = withoutCommentsAndStrings(m_file.text);
        for (const Ban &ban : bans()) {
            if (!startsWithOneOf(m_file.path, ban.paths) || startsWithOneOf(m_file.path, ban.except))
                continue;
            for (const std::string_view word : ban.words) {
                for (const int line : linesWithWord(code, word))
                    report(line, std::string(word) + ": " + std::string(ban.why));
            }
        }
    }

    const SourceFile &m_file;
    std::vector<Violation> m_found;
};

} // namespace

std::ostream &operator<<(std::ostream &out, const Violation &violation)
{
    return out << violation.path << ':' << violation.line << ": " << violation.what;
}

std::string layerOf(std::string_view path)
{
    const std::size_t first = path.find('/');
    const std::string_view top = path.substr(0, first);
    const std::size_t second = first == std::string_view::npos ? first : path.find('/', first + 1);
    const bool isSplit = top == "core" || top == "transports";
    return std::string(isSplit && second != std::string_view::npos ? path.substr(0, second) : top);
}

std::vector<Violation> check(const std::vector<SourceFile> &files)
{
    std::vector<Violation> all;
    for (const SourceFile &file : files) {
        const std::vector<Violation> found = Checker(file).run();
        all.insert(all.end(), found.begin(), found.end());
    }
    return all;
}

} // namespace planb::architecture
