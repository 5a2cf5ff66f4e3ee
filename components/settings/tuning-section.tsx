import type { ReactNode } from "react";
import type { SettingsResponse, TunedControl } from "@/lib/contracts/settings";
import { tuningTitle } from "@/lib/format/tuning-words";
import { Instant } from "../primitives/instant";
import { Section } from "../primitives/section";
import { SeverityTag } from "../primitives/severity-tag";
import { ColumnHeads } from "../tables/column-heads";
import { StateTag } from "../primitives/state-tag";
import { PostureLink } from "../shell/posture-link";
import { ChooseControl } from "./choose-control";
import { PutBack } from "./put-back";
import { type Tunable, TuningForm } from "./tuning-form";

interface TuningSectionProps {
  readonly cluster: string;
  readonly base: string;
  readonly settings: SettingsResponse;
  /** The control that the address names; a text when there is none of that name. */
  readonly chosen: Tunable | string | null;
  readonly choices: readonly { readonly id: string; readonly title: string }[];
}

function Change({ control }: { readonly control: TunedControl }): ReactNode {
  if (control.disabled !== null) return <StateTag state="not-applicable">Off</StateTag>;
  return control.reweighted === null ? null : <SeverityTag severity={control.reweighted.severity} />;
}

function TunedTable({ cluster, base, tuned }: { readonly cluster: string; readonly base: string; readonly tuned: readonly TunedControl[] }): ReactNode {
  return (
    <table className="table rows even tuned">
      <caption className="sr">Controls that are off or count differently in this cluster</caption>
      <ColumnHeads
        columns={[["Elsewhere", "w-sev"], ["Here", "w-sev"], ["Control"], ["Reason", "w-reason"], ["Since", "w-since"], ["Change", "w-acts", "spoken"]]}
      />
      <tbody>
        {tuned.map((control) => (
          <tr key={control.id}>
            <td className="ph-hide">
              <SeverityTag severity={control.severity} />
            </td>
            <td>
              <Change control={control} />
            </td>
            <td>
              <PostureLink className="link" href={`${base}/controls/${control.id}`}>
                {control.title}
              </PostureLink>
              <span className="mono soft block clip">{control.id}</span>
            </td>
            <td>{control.disabled ?? control.reweighted?.reason}</td>
            <td>{control.since === null ? <span className="muted">not recorded</span> : <Instant at={control.since} kind="date" />}</td>
            <td className="acts">
              <PostureLink className="ctl line" href={`${base}/settings?tune=${control.id}#controls`}>
                Change<span className="sr"> {control.id}</span>
              </PostureLink>
              <PutBack cluster={cluster} control={control} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What is off or counts differently, why and since when; and the form that changes it. */
export function TuningSection({ cluster, base, settings, chosen, choices }: TuningSectionProps): ReactNode {
  const { tuned } = settings;
  const off = tuned.filter(({ disabled }) => disabled !== null).length;
  return (
    <div id="controls">
      <Section
        title={tuningTitle({ off, reweighted: tuned.length - off })}
        note={
          <PostureLink className="link" href={`${base}/controls`}>
            All controls
          </PostureLink>
        }
      >
        {tuned.length === 0 ? null : <TunedTable cluster={cluster} base={base} tuned={tuned} />}
        {chosen === null || typeof chosen === "string" ? (
          <ChooseControl base={base} choices={choices} problem={chosen === null ? null : `There is no control called ${chosen}.`} />
        ) : (
          <TuningForm key={chosen.id} cluster={cluster} base={base} control={chosen} />
        )}
      </Section>
    </div>
  );
}
