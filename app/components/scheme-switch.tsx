import { Form, useLocation } from "@remix-run/react"
import Monitor from "lucide-react/icons/monitor"
import Moon from "lucide-react/icons/moon"
import Sun from "lucide-react/icons/sun"
import { Icon } from "./icon.tsx"
import type { Scheme } from "./scheme.ts"

const steps = {
  system: { next: "dark", icon: Moon, words: "Dark colours" },
  dark: { next: "light", icon: Sun, words: "Light colours" },
  light: { next: "system", icon: Monitor, words: "Colours as the system has them" },
}

/** Dark, then light, then whatever the system has. The choice is kept in a cookie. */
export function SchemeSwitch({ scheme }: { scheme: Scheme | null }) {
  const { pathname, search } = useLocation()
  const { next, icon, words } = steps[scheme ?? "system"]
  return (
    <Form method="post" action="/scheme">
      <input type="hidden" name="back" value={pathname + search} />
      <button
        type="submit"
        className="button button--quiet button--small"
        name="scheme"
        value={next}
        title={words}
        aria-label={words}
      >
        <Icon of={icon} />
      </button>
    </Form>
  )
}
