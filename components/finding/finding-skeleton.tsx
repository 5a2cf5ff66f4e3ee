import type { ReactNode } from "react";

const bar = (width: string, height: number) => <span className="sk" style={{ width, height, margin: "6px 0" }} />;

/** One finding in its own shape while it is read and its patch is tried. */
export function FindingSkeleton(): ReactNode {
  return (
    <div aria-busy="true" className="sk-late">
      <span className="sr" role="status">
        Reading the finding and trying its patch
      </span>
      {bar("min(300px, 60%)", 10)}
      {bar("min(560px, 90%)", 20)}
      {bar("min(440px, 80%)", 10)}
      <div className="finding-facts">
        <div className="facts across">
          {[0, 1, 2, 3].map((index) => (
            <div key={index}>
              {bar("40%", 8)}
              {bar("80%", 12)}
            </div>
          ))}
        </div>
      </div>
      <div className="cols" style={{ marginTop: 24 }}>
        {[0, 1].map((index) => (
          <div key={index} className="c6">
            {bar("50%", 12)}
            <span className="sk sk-area" style={{ height: 260, marginTop: 10 }} />
          </div>
        ))}
      </div>
    </div>
  );
}
