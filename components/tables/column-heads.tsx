import type { ReactNode } from "react";

interface ColumnHeadsProps {
  /** Name and class of each column. */
  readonly columns: readonly (readonly [name: string, className?: string])[];
}

/** The head of a table whose columns nobody sorts. */
export function ColumnHeads({ columns }: ColumnHeadsProps): ReactNode {
  return (
    <thead>
      <tr>
        {columns.map(([name, className]) => (
          <th key={name} scope="col" className={className}>
            {name}
          </th>
        ))}
      </tr>
    </thead>
  );
}
