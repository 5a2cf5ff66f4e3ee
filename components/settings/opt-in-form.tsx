"use client";
import type { ReactNode } from "react";
import { readSettings, settingsPath } from "@/lib/client/read-settings";
import { useSavedDraft } from "@/lib/client/use-saved-draft";
import type { SettingsResponse } from "@/lib/contracts/settings";
import { OPT_IN_WORDS } from "@/lib/format/opt-in-words";
import { capitalise } from "@/lib/format/words";
import { Checkbox } from "../primitives/checkbox";
import { SaveBar } from "./save-bar";

type Source = SettingsResponse["optInSources"][number];

interface SourceText {
  readonly source: Source;
  readonly adds: string;
  readonly needs: string;
  /** What grants it; null = nothing has to be granted. */
  readonly grant: string | null;
}

const SOURCES: readonly SourceText[] = [
  {
    source: "kubelet-config",
    adds: "Judges the settings of each kubelet: anonymous requests, authorisation, the read-only port, certificates, process limits, seccomp.",
    needs: "the right to nodes/proxy, which also allows commands in every pod. A scan asks each kubelet for its settings and nothing else.",
    grant: "kubectl apply -f deploy/opt-in-kubelet-config.yaml",
  },
  {
    source: "api-server-metrics",
    adds: "Shows whether Secrets are encrypted on their way to etcd, whether audit events are written and whether client certificates are about to expire, on managed services too.",
    needs: "the right to read /metrics, which has counters, no objects.",
    grant: "kubectl apply -f deploy/opt-in-api-server-metrics.yaml",
  },
  {
    source: "api-server-probe",
    adds: "Shows what requests without credentials get, which TLS versions are accepted and when the certificate expires.",
    needs: "no rights. Two requests without credentials and three TLS handshakes per scan appear in audit logs and may trigger an alert.",
    grant: null,
  },
  {
    source: "secret-metadata",
    adds: "Finds Secrets that nothing uses, tokens that never expire, bootstrap tokens left behind, and missing certificates of Ingresses.",
    needs:
      "the right to list Secrets, which RBAC cannot separate from reading their values. A scan asks for names, types, labels and ages only, and rejects any other answer.",
    grant: "kubectl apply -f deploy/opt-in-secret-metadata.yaml",
  },
];

/** One box per source; saved together. */
export function OptInForm({ cluster, sources }: { readonly cluster: string; readonly sources: readonly Source[] }): ReactNode {
  const draft = useSavedDraft({
    name: `opt-in ${cluster}`,
    stored: { optInSources: [...sources].sort() },
    toRequest: (value, was) => ({ path: settingsPath(cluster), method: "PATCH", body: { ...value, was } }),
    readStored: async () => ({ optInSources: [...(await readSettings(cluster)).optInSources].sort() }),
  });
  const { optInSources } = draft.value;
  const toggle = (source: Source, isOn: boolean): void =>
    draft.change({ optInSources: [...optInSources.filter((known) => known !== source), ...(isOn ? [source] : [])].sort() });
  return (
    <form className="opt-in" onSubmit={(event) => void draft.submit(event)}>
      <p className="cap">
        Until a source is switched on, the controls that need it are left out: they are neither a pass nor a gap. When it is switched off again, what it found
        stays as it last was.
      </p>
      {SOURCES.map(({ source, adds, needs, grant }) => (
        <div key={source} className="form-field">
          <label className="state">
            <Checkbox checked={optInSources.includes(source)} onChange={(isOn) => toggle(source, isOn)} aria-describedby={`opt-in-${source}`} />{" "}
            {capitalise(OPT_IN_WORDS[source].name)}
          </label>
          <div id={`opt-in-${source}`} className="cap">
            <p>{adds}</p>
            <p>Needs: {needs}</p>
            {grant === null ? null : (
              <p>
                Grant: <code>{grant}</code>
              </p>
            )}
          </div>
        </div>
      ))}
      <SaveBar draft={draft} saved="Saved. The next scan uses it." />
    </form>
  );
}
