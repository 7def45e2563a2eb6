import { expect, test } from "vitest"
import { languageOf } from "#emails/language.ts"

const rtl = (text: string) => languageOf(text).dir === "rtl"

test("Arabic, Hebrew, Persian and Urdu are read from the right, and known by their letters", () => {
  expect(languageOf("مرحبا، أين طلبي؟")).toEqual({ lang: "ar", dir: "rtl" })
  expect(languageOf("שלום, איפה ההזמנה שלי?")).toEqual({ lang: "he", dir: "rtl" })
  expect(languageOf("سلام، سفارش من کجاست؟ چه شد؟")).toEqual({ lang: "fa", dir: "rtl" })
  expect(languageOf("میرا آرڈر کہاں ہے؟")).toEqual({ lang: "ur", dir: "rtl" })
})

test("addresses and names of products in it change nothing", () => {
  expect(rtl("أين طلبي؟ https://shop.example/orders/a-long-address-of-an-order dana@customer.example")).toBe(true)
  expect(rtl("קניתי MacBook Pro ולא קיבלתי חשבונית")).toBe(true)
})

test("a word from the right in an English mail does not turn it round", () => {
  expect(rtl("Hello, our office in חיפה would like to order twelve more of these.")).toBe(false)
  expect(rtl("Привет, где мой заказ?")).toBe(false)
})

test("where the first says nothing the next decides, and nothing at all is read from the left", () => {
  expect(languageOf("👍 12!", "שלום").dir).toBe("rtl")
  expect(languageOf("", "")).toEqual({ lang: "en", dir: "ltr" })
})
