import { expect, it } from "vitest";
import { saveCluster } from "../clusters";
import { commitSnapshot } from "../commit-snapshot";
import { toFingerprint } from "../digests";
import { keyOf, makeSnapshot, type World } from "../testing/make-snapshot";
import { withDatabase } from "../testing/with-database";

const used = withDatabase("pglite");

const [LESSER, GRAVER, GRAVEST] = ["lesser", "graver", "gravest"];
const [ITS, OTHER] = ["web", "account"];

/** One snapshot: what fails of `web`, with its content, null = it is not there, and what of the object that is always there. The lesser failure names what is before a slash. */
type Day = readonly [fails: string, content: string | null, more?: Partial<World>];

/** Why the lesser failure opens on the last day, and since when. What is graver covers it, on `web` itself or `elsewhere`. */
async function uncover(slug: string, days: readonly Day[], { isElsewhere = false, sinceSeq = 0 } = {}): Promise<string> {
  const { id } = await saveCluster(used.database.prisma, { slug, name: slug, source: "demo" });
  for (const [fails, content, more] of days) {
    const failing = fails.split(" ").filter((control) => control !== "");
    const verdicts = failing.map((control) => ({ control, on: isElsewhere && control !== LESSER ? OTHER : ITS }));
    const resources = [{ name: OTHER, content: "a" }, ...(content === null ? [] : [{ name: ITS, content }])];
    await commitSnapshot(used.database.pool, {
      ...makeSnapshot(id, { resources, verdicts, ...more }),
      whyUnfixed: () => (failing.some((control) => control !== LESSER) ? "subsumed" : null),
      coveredBy: ({ controlId }) =>
        controlId === LESSER
          ? [GRAVER, GRAVEST].map((control) => ({ fingerprint: toFingerprint(control, keyOf(isElsewhere ? OTHER : ITS), ""), sinceSeq }))
          : [],
    });
  }
  const { rows } = await used.database.pool.query(
    `SELECT s.opened_cause || ' ' || s.open_since_seq AS told FROM finding_span s JOIN finding f ON f.id = s.finding_id
     WHERE s.cluster_id = $1 AND f.control_id = $2 AND s.opened_seq = $3`,
    [id, LESSER, days.length],
  );
  expect(rows).toHaveLength(1);
  return rows[0].told;
}

it.each<[string, string, readonly Day[]]>([
  [
    "goes on from when it was open by itself, whatever was changed while it was",
    "uncovered 1",
    [
      [LESSER, "a"],
      [LESSER, "b"],
      [GRAVER, "b"],
      [LESSER, "b"],
    ],
  ],
  [
    "goes on from the last of its periods",
    "uncovered 3",
    [
      [LESSER, "a"],
      ["", "a"],
      [LESSER, "a"],
      [GRAVER, "a"],
      [LESSER, "a"],
    ],
  ],
  [
    "begins with its cover where nothing else tells of it",
    "uncovered 1",
    [
      [GRAVER, "a"],
      [GRAVER, "a"],
      [LESSER, "a"],
    ],
  ],
  [
    "begins with the first of its covers",
    "uncovered 1",
    [
      [GRAVER, "a"],
      [`${GRAVER} ${GRAVEST}`, "a"],
      [LESSER, "a"],
    ],
  ],
  [
    "begins with its cover where the settings ended it then",
    "uncovered 2",
    [
      [LESSER, "a"],
      [GRAVER, "a", { settingsChange: { fails: [`${LESSER} ${ITS}`] } }],
      [LESSER, "a"],
    ],
  ],
  [
    "begins where what it names was changed as it was covered",
    "uncovered 2",
    [
      [LESSER, "a"],
      [GRAVER, "b"],
      [LESSER, "b"],
    ],
  ],
  [
    "begins where what it names was changed last",
    "uncovered 3",
    [
      [GRAVER, "a"],
      [GRAVER, "b"],
      [GRAVER, "c/1"],
      [GRAVER, "c/2"],
      [LESSER, "c/2"],
    ],
  ],
  [
    "was not there where what it names was changed just now",
    "changed-resource 3",
    [
      [LESSER, "a"],
      [GRAVER, "a"],
      [LESSER, "b"],
    ],
  ],
])("what a graver finding covered %s", async (title, told, days) => {
  expect(await uncover(title, days)).toBe(told);
});

it("is told of no time in which its object was not there, however long that of the graver one was", async () => {
  const late: readonly Day[] = [
    [GRAVER, null],
    [GRAVER, "a"],
    [LESSER, "a"],
  ];
  expect(await uncover("late", late, { isElsewhere: true })).toBe("uncovered 2");
  const back: readonly Day[] = [
    [GRAVER, "a"],
    [GRAVER, null],
    [GRAVER, "a"],
    [GRAVER, "a/2"],
    [LESSER, "a/2"],
  ];
  expect(await uncover("back", back, { isElsewhere: true })).toBe("uncovered 3");
  expect(
    await uncover(
      "bound",
      [
        [GRAVER, "a"],
        [GRAVER, "a"],
        [LESSER, "a"],
      ],
      { isElsewhere: true, sinceSeq: 2 },
    ),
  ).toBe("uncovered 2");
});

it("was covered by nothing that was not seen to fail just before", async () => {
  const untold: Partial<World> = { staleKinds: [`apps/Deployment ${GRAVER}`] };
  expect(
    await uncover("untold", [
      [GRAVER, "a"],
      ["", "a", untold],
      [LESSER, "a"],
    ]),
  ).toBe("changed-context 3");
  const asked: Partial<World> = { verdicts: [{ control: GRAVER, on: ITS, state: "unknown" }] };
  expect(
    await uncover("asked", [
      ["", "a", asked],
      ["", "a", asked],
      [LESSER, "a"],
    ]),
  ).toBe("changed-context 3");
});
