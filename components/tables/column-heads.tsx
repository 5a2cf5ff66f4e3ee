import type { ReactNode } from "react";

interface ColumnHeadsProps {
  /** Name and class of each column; "spoken" = what is in it says enough to those who see it. */
  readonly columns: readonly (readonly [name: string, className?: string | undefined, how?: "spoken"])[];
}

/** The head of a table whose columns nobody sorts. */
export function ColumnHeads({ columns }: ColumnHeadsProps): ReactNode {
  return (
    <thead>
      <tr>
        {columns.map(([name, className, how]) => (
          <th key={name} scope="col" className={className}>
            {how === "spoken" ? <span className="sr">{name}</span> : name}
          </th>
        ))}
      </tr>
    </thead>
  );
}
