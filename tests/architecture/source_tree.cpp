// SPDX-FileCopyrightText: 2026 The PlanB contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/architecture/source_tree.h"

#include <array>
#include <fstream>
#include <iterator>
#include <string_view>

namespace planb::architecture {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 5> kFolders = {"core", "transports", "ui", "app", "tests"};
constexpr std::array<std::string_view, 3> kRootFiles = {"CMakeLists.txt", "dev", ".ci/run"};

bool isSource(const fs::path &path)
{
    const fs::path extension = path.extension();
    return extension == ".cpp" || extension == ".h" || extension == ".cmake" || extension == ".sh" || extension == ".py"
        || path.filename() == "CMakeLists.txt";
}

SourceFile readSource(const fs::path &root, const fs::path &path)
{
    std::ifstream stream(path, std::ios::binary);
    return {path.lexically_relative(root).generic_string(), std::string(std::istreambuf_iterator<char>(stream), {})};
}

} // namespace

std::vector<SourceFile> readSourceTree(const fs::path &root)
{
    std::vector<SourceFile> files;
    for (const std::string_view name : kRootFiles) {
        if (fs::is_regular_file(root / name))
            files.push_back(readSource(root, root / name));
    }
    for (const std::string_view folder : kFolders) {
        if (!fs::is_directory(root / folder))
            continue;
        for (const fs::directory_entry &entry : fs::recursive_directory_iterator(root / folder)) {
            if (entry.is_regular_file() && isSource(entry.path()))
                files.push_back(readSource(root, entry.path()));
        }
    }
    return files;
}

} // namespace planb::architecture
