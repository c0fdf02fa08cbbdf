import type { VNode } from "preact";
import { useState } from "preact/hooks";
import { withFigures } from "../../core/stories/figures.ts";
import type { Card, Question, Story } from "../../core/story.ts";
import { usePage } from "../parts/page.ts";
import { Goal } from "./goal.tsx";
import { turnTo } from "./turn-to.ts";

/** The card of a story: text, a question before each reveal, a goal that checks itself, and the way on. */
export function StoryCard({ story, number }: { readonly story: Story; readonly number: number }): VNode {
  const page = usePage();
  const card = story.cards[number - 1];
  const [answered, setAnswered] = useState<number>();
  const next = story.cards[number];
  const open = answered !== undefined || card.question === undefined;
  return (
    <>
      <p class="soft small">
        Card {number} of {story.cards.length}
      </p>
      <h3 class="card-title">{card.title}</h3>
      <Paragraphs card={card} text={card.text} />
      {card.question && (
        <Ask
          question={card.question}
          answered={answered}
          onAnswer={(choice) => {
            setAnswered(choice);
            turnTo(page, story, number, true);
          }}
        />
      )}
      {answered !== undefined && card.question && <Paragraphs card={card} text={card.question.answer} />}
      {open && card.goal && <Goal goal={card.goal} />}
      <div class="card-turn">
        {number > 1 && (
          <button type="button" class="toggle" onClick={() => turnTo(page, story, number - 1)}>
            Back
          </button>
        )}
        {next ? (
          <button
            type="button"
            class="toggle main"
            disabled={!open}
            onClick={() => turnTo(page, story, number + 1)}
          >
            Next
          </button>
        ) : (
          <button type="button" class="toggle main" onClick={() => page.lab.change({ story: null, card: 1 })}>
            Done
          </button>
        )}
      </div>
    </>
  );
}

function Paragraphs({ card, text }: { readonly card: Card; readonly text: readonly string[] }): VNode {
  const { lab } = usePage();
  const [frame, pinned] = [lab.frame.value, lab.pinned.value];
  return (
    <>
      {text.map((paragraph) => (
        <p key={paragraph}>{withFigures(paragraph, card, frame, pinned)}</p>
      ))}
    </>
  );
}

interface AskProps {
  readonly question: Question;
  readonly answered: number | undefined;
  readonly onAnswer: (choice: number) => void;
}

function Ask({ question, answered, onAnswer }: AskProps): VNode {
  return (
    <fieldset class="question-box">
      <legend>{question.ask}</legend>
      {question.choices.map(({ text, right }, i) => (
        <button
          key={text}
          type="button"
          class="toggle answer-choice"
          aria-pressed={answered === i}
          disabled={answered !== undefined && answered !== i}
          data-right={answered === undefined ? undefined : right}
          onClick={() => answered === undefined && onAnswer(i)}
        >
          {text}
          {answered === i && <b>{right ? " Right." : " Not quite."}</b>}
        </button>
      ))}
    </fieldset>
  );
}
