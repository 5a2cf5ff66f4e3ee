"use client";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { findPaletteItems } from "@/lib/client/find-palette-items";
import { showHidden } from "@/lib/format/show-hidden";
import { Dialog } from "../primitives/dialog";
import { ObjectName } from "../primitives/object-name";
import { NAV_GROUPS } from "./nav-groups";
import { matchItems, type PaletteItem } from "./palette-match";
import { keepMoment, parseMoment, withMoment } from "./posture-search";
import type { ShellData } from "./shell-data";

const WAIT_MS = 120;
/** Shorter words are looked for among the pages alone. */
const LEAST = 2;

/** What the search said to the letters that it was asked for; null = it did not answer. */
interface Answer {
  readonly term: string;
  readonly items: readonly PaletteItem[] | null;
}

/** Below the list: what it does not say by itself. "Nothing" is said only when everything was asked. */
function noteOf(term: string, answer: Answer, isAsked: boolean, isEmpty: boolean): string | null {
  if (isAsked && answer.term !== term) return isEmpty ? "Searching…" : null;
  if (isAsked && answer.items === null) return "The search did not answer: only pages are listed. Type on to ask again.";
  if (term.length > 0 && term.length < LEAST) return `Type ${LEAST} letters or more to find resources, controls and findings.`;
  return isEmpty ? `Nothing is called “${term}”` : null;
}

/** Any resource, control, finding or page, by a few letters. */
export function CommandPalette({ shell, onClose }: { readonly shell: ShellData; readonly onClose: () => void }): ReactNode {
  const router = useRouter();
  const pathname = usePathname();
  const search = useSearchParams().toString();
  const id = useId();
  const listRef = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState("");
  const [answer, setAnswer] = useState<Answer>({ term: "", items: [] });
  const [cursor, setCursor] = useState(0);
  const term = typed.trim();
  // What is found leads on as of the moment of this page: it is looked for there, too.
  const searchPath = shell.searchPath === undefined ? undefined : withMoment(shell.searchPath, "", { at: parseMoment(new URLSearchParams(search)).at });

  const isAsked = searchPath !== undefined && term.length >= LEAST;
  const items = [...matchItems(toPages(shell), typed), ...(isAsked ? (answer.items ?? []) : [])];
  const note = noteOf(term, answer, isAsked, items.length === 0);

  useEffect(() => {
    if (searchPath === undefined || !isAsked) return;
    const abort = new AbortController();
    const timer = setTimeout(() => {
      findPaletteItems(searchPath, term, abort.signal).then(
        (found) => setAnswer({ term, items: found }),
        () => {
          if (!abort.signal.aborted) setAnswer({ term, items: null });
        },
      );
    }, WAIT_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [searchPath, isAsked, term]);

  useEffect(() => {
    listRef.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  });

  function follow(item: PaletteItem | undefined): void {
    if (item === undefined) return;
    onClose();
    router.push(keepMoment(item.href, pathname, search));
  }

  function steer(event: KeyboardEvent): void {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && items.length > 0) {
      event.preventDefault();
      setCursor((cursor + step + items.length) % items.length);
    }
    if (event.key === "Enter") {
      event.preventDefault();
      follow(items[cursor]);
    }
  }

  return (
    <Dialog bare onClose={onClose} title="Find anything">
      <input
        className="palette-in"
        placeholder="Find a page, resource, control or finding"
        value={typed}
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls={id}
        aria-label="Find anything"
        aria-activedescendant={items.length > 0 ? `${id}-${cursor}` : undefined}
        onChange={(event) => {
          setTyped(event.target.value);
          setCursor(0);
        }}
        onKeyDown={steer}
      />
      <div ref={listRef} id={id} role="listbox" aria-label="Results" className="palette-list">
        {items.map((item, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the input keeps the focus and the keys; the option is named by aria-activedescendant.
          // biome-ignore lint/a11y/useFocusableInteractive: as above.
          <div
            key={`${item.kind}${item.href}`}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === cursor}
            className="pop-item"
            onClick={() => follow(item)}
            onMouseMove={() => setCursor(index)}
          >
            <span className="found">
              <bdi>
                <ObjectName name={item.label} />
              </bdi>{" "}
              {item.note === undefined ? null : <bdi className="muted">{showHidden(item.note)}</bdi>}
            </span>
            <span className="cap">{item.kind}</span>
          </div>
        ))}
      </div>
      {note === null ? null : (
        <p className="palette-note" role="status">
          {note}
        </p>
      )}
    </Dialog>
  );
}

function toPages(shell: ShellData): readonly PaletteItem[] {
  const pages = NAV_GROUPS.flatMap((group) => group.pages).map((page) => ({ kind: "page", label: page.label, href: `/c/${shell.current}${page.path}` }));
  const clusters = shell.clusters
    .filter((cluster) => cluster.slug !== shell.current)
    .map((cluster) => ({ kind: "cluster", label: cluster.name, href: `/c/${cluster.slug}` }));
  return [...pages, ...clusters];
}
