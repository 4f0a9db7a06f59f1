import { useEffect, useRef } from "preact/hooks";
import type uPlot from "uplot";
import { isOnPaper, onPaper, PAPER_WIDTH_PX } from "./paper.ts";
import { themeChanges } from "./theme.ts";

/** A chart's options but for its size, which is that of its place. */
export type PlotOptions = Omit<uPlot.Options, "width" | "height">;

interface PlotProps {
  /**
   * Makes the options, anew whenever the colours change. It is given uPlot itself, for its ways of drawing; another
   * function makes another chart, so hold on to it by `useMemo` or `useCallback`.
   */
  readonly options: (make: typeof uPlot) => PlotOptions;
  readonly data: uPlot.AlignedData;
  readonly heightPx: number;
  /** Is given the chart when it is made, and `undefined` when it is gone. */
  readonly onChart?: (chart: uPlot | undefined) => void;
  /** New data keeps the shown part of the x axis. @default false */
  readonly keepsScale?: boolean;
}

let loading: Promise<typeof uPlot> | undefined;

/** The charts' library, fetched once, when the first chart is to be drawn. */
function loadUPlot(): Promise<typeof uPlot> {
  loading ??= import("uplot").then((module) => module.default);
  loading.catch(() => loading = undefined);
  return loading;
}

/**
 * A chart by uPlot, as wide as its place. Its place has its height before it is drawn, so nothing moves. It is for the
 * eye alone: whoever uses it says beside it what it shows.
 */
export function Plot({ options, data, heightPx, onChart, keepsScale = false }: PlotProps) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>(undefined);
  const latest = useRef(data);
  latest.current = data;
  const colours = themeChanges.value;

  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    let isWanted = true;
    const widthPx = () =>
      isOnPaper() ? Math.min(PAPER_WIDTH_PX, element.clientWidth) : element.clientWidth;
    const fit = () => {
      const width = widthPx();
      if (chart.current && width > 0 && width !== chart.current.width) {
        chart.current.setSize({ width, height: heightPx });
      }
    };
    const sizes = new ResizeObserver(fit);
    const endPaper = onPaper(() => {
      fit();
      chart.current?.redraw(true, true);
    });
    loadUPlot().then((make) => {
      if (!isWanted) return;
      const size = { width: widthPx(), height: heightPx };
      chart.current = new make({ ...options(make), ...size }, latest.current, element);
      sizes.observe(element);
      onChart?.(chart.current);
    }, () => {});
    return () => {
      isWanted = false;
      sizes.disconnect();
      endPaper();
      chart.current?.destroy();
      chart.current = undefined;
      onChart?.(undefined);
    };
  }, [options, heightPx, colours]);

  useEffect(() => {
    const drawn = chart.current;
    if (drawn === undefined || drawn.data === data) return;
    if (!keepsScale) return drawn.setData(data);
    drawn.setData(data, false);
    drawn.redraw();
  }, [data]);

  return <div ref={place} class="plot" style={{ height: `${heightPx}px` }} aria-hidden="true" />;
}
