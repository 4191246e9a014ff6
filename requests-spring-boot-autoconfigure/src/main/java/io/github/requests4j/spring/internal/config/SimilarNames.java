package io.github.requests4j.spring.internal.config;

import java.util.Collection;

import org.jspecify.annotations.Nullable;

/**
 * Finds the known name that is most similar to a misspelled one.
 */
public final class SimilarNames {

	private static final int MAX_EDITS = 3;

	private SimilarNames() {
	}

	/**
	 * Returns the known name that differs least.
	 * @param written the name that was written
	 * @param known the names that exist
	 * @return the first one with the fewest differences, or {@code null} if none is
	 * similar
	 */
	public static @Nullable String closest(String written, Collection<String> known) {
		String best = null;
		int fewest = MAX_EDITS + 1;
		for (String name : known) {
			int edits = edits(written, name);
			if (edits < fewest && edits < name.length() - 1) {
				best = name;
				fewest = edits;
			}
		}
		return best;
	}

	/** Returns the Levenshtein distance of two names. */
	private static int edits(String from, String to) {
		int[] row = new int[to.length() + 1];
		for (int j = 0; j <= to.length(); j++) {
			row[j] = j;
		}
		for (int i = 1; i <= from.length(); i++) {
			int diagonal = row[0];
			row[0] = i;
			for (int j = 1; j <= to.length(); j++) {
				int same = diagonal + ((from.charAt(i - 1) == to.charAt(j - 1)) ? 0 : 1);
				diagonal = row[j];
				row[j] = Math.min(same, Math.min(row[j], row[j - 1]) + 1);
			}
		}
		return row[to.length()];
	}

}
