package io.github.requests4j.benchmarks.compare;

import java.util.Locale;
import java.util.Map;

/**
 * A bar chart of the CPU time of each candidate as a ratio to the floor, with quartiles.
 * Very long bars are truncated.
 */
final class Chart {

	private static final int ROW = 30;

	private static final int LABELS = 340;

	private static final int BARS = 420;

	private static final double LONGEST = 6;

	private Chart() {
	}

	static String of(Map<Candidate, Spread> ratios) {
		double most = Math.min(LONGEST, ratios.values().stream().mapToDouble(Spread::high).max().orElse(1));
		StringBuilder svg = new StringBuilder(String.format(Locale.ROOT,
				"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" "
						+ "font-size=\"14\" role=\"img\" aria-label=\"CPU per call, ratio to a raw socket\">%n",
				LABELS + BARS + 110, ratios.size() * ROW + 40));
		svg.append("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
		svg.append("<text x=\"10\" y=\"22\" font-weight=\"bold\">CPU per call, ratio to a raw socket</text>\n");
		int row = 0;
		for (Map.Entry<Candidate, Spread> entry : ratios.entrySet()) {
			bar(svg, entry.getKey(), entry.getValue(), BARS / most, 40 + row * ROW);
			row++;
		}
		return svg.append("</svg>\n").toString();
	}

	private static void bar(StringBuilder svg, Candidate candidate, Spread ratio, double scale, int top) {
		String colour = candidate.isOurs() ? "#2f7d4f" : "#8a94a0";
		svg.append(String.format(Locale.ROOT, "<text x=\"10\" y=\"%d\">%s</text>%n", top + 17,
				candidate.title().replace("`", "")));
		svg.append(String.format(Locale.ROOT, "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"20\" fill=\"%s\"/>%n",
				LABELS, top + 2, end(ratio.median(), scale) - LABELS, colour));
		svg.append(String.format(Locale.ROOT,
				"<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" stroke=\"#222\" stroke-width=\"2\"/>%n",
				end(ratio.low(), scale), end(ratio.high(), scale), top + 12, top + 12));
		svg.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%d\">%.2f%s</text>%n",
				end(Math.max(ratio.high(), ratio.median()), scale) + 6, top + 17, ratio.median(),
				(ratio.median() > LONGEST) ? " (cut)" : ""));
	}

	private static double end(double ratio, double scale) {
		return LABELS + Math.min(ratio, LONGEST) * scale;
	}

}
