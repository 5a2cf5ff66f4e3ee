import type { ReactNode } from "react";
import type { ClusterDto } from "@/lib/contracts/clusters";
import { Section } from "../primitives/section";
import { ScheduleForm } from "./schedule-form";

export function ScheduleSection({ cluster }: { readonly cluster: ClusterDto }): ReactNode {
  return (
    <Section ruled={false} className="c6" title="Schedule">
      <ScheduleForm cluster={cluster.slug} schedule={cluster.schedule} />
    </Section>
  );
}
