import { Fragment } from "react"
import { keyGroups, onKey } from "./keys.ts"

/** Every key there is, on a sheet over the page. Opens and closes without script; `?` opens it with. */
export function KeySheet() {
  return (
    <>
      <button
        className="button button--quiet button--small"
        type="button"
        {...{ popovertarget: "keys" }}
        {...onKey("?")}
      >
        Keys
      </button>
      <dialog className="sheet" id="keys" aria-label="Keys" {...{ popover: "auto" }}>
        <div className="sheet__groups">
          {keyGroups.map(({ name, keys }) => (
            <section key={name}>
              <h2>{name}</h2>
              <dl className="sheet__keys">
                {keys.map((one) => (
                  <Fragment key={one.keys}>
                    <dt>
                      {one.keys.split(" ").map((key) => (
                        <kbd key={key}>{key}</kbd>
                      ))}
                    </dt>
                    <dd>{one.does}</dd>
                  </Fragment>
                ))}
              </dl>
            </section>
          ))}
        </div>
        <p className="small quiet">On a Mac, Cmd stands for Ctrl. No key fires while you type.</p>
      </dialog>
    </>
  )
}
