/** How changesets become lines of a CHANGELOG.md: the words of the changeset, without commits that a reader can't look up. */
module.exports = {
  getReleaseLine: async ({ summary }) => `- ${summary.trim().replaceAll("\n", "\n  ")}`,
  getDependencyReleaseLine: async (_, updated) =>
    updated.length === 0
      ? ""
      : `- Updated dependencies: ${updated.map(({ name, newVersion }) => `${name} ${newVersion}`).join(", ")}`,
};
