import { figure } from "@unroll/page-parts";
import type { TargetedKeyboardEvent, VNode } from "preact";
import { useRef, useState } from "preact/hooks";
import type { Answer } from "../../../classify/answer.ts";

/** The characters of a text, colored by what each has to do with the label; one after the other by pointer or keys. */
export function Deciding({ answer }: { readonly answer: Answer }): VNode {
  const symbols = answer.symbols ?? [];
  const [chosen, choose] = useState<number | undefined>(undefined);
  const list = useRef<HTMLDivElement>(null);
  const pulls = symbols.map(({ pull }) => Math.abs(pull));
  const most = Math.max(0.01, ...pulls);
  // Until one is chosen, the one that decides most.
  const at = Math.min(chosen ?? pulls.indexOf(Math.max(...pulls)), symbols.length - 1);
  const key = (event: TargetedKeyboardEvent<HTMLDivElement>) => {
    const next = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: symbols.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const place = Math.min(symbols.length - 1, Math.max(0, next));
    choose(place);
    list.current!.querySelectorAll<HTMLElement>("button")[place]!.focus();
  };
  const one = symbols[at];
  return (
    <div class="deciding">
      <div ref={list} role="toolbar" class="symbols" aria-label="Characters" onKeyDown={key}>
        {symbols.map(({ symbol, pull }, i) => (
          <button
            key={i}
            type="button"
            class="symbol"
            data-edge={symbol.length > 1 && (symbol === "start" || symbol === "end")}
            data-side={pull >= 0 ? "for" : "against"}
            aria-pressed={i === at}
            tabIndex={i === at ? 0 : -1}
            style={{ "--strength": `${Math.round((100 * Math.abs(pull)) / most)}%` }}
            onClick={() => choose(i)}
            onFocus={() => choose(i)}
            onPointerEnter={() => choose(i)}
          >
            <span>{symbol === " " ? "␣" : symbol}</span>
            <i aria-hidden="true" />
          </button>
        ))}
      </div>
      <p class="small" role="status">
        {one && (
          <>
            <b>{spoken(one.symbol)}</b> speaks {one.pull >= 0 ? "for" : "against"} {answer.labels[0]!.label}:
            without it, its log-probability would {one.pull >= 0 ? "fall" : "rise"} by about{" "}
            <span class="figures">{figure(Math.abs(one.pull))}</span> nats. Its share of the gradient is{" "}
            <span class="figures">{(100 * one.share).toFixed(0)} %</span>.
          </>
        )}
      </p>
    </div>
  );
}

function spoken(symbol: string): string {
  if (symbol === "start" || symbol === "end") return `The ${symbol}`;
  return symbol === " " ? "The space" : `“${symbol}”`;
}
