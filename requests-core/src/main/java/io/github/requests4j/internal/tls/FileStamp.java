package io.github.requests4j.internal.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

import org.jspecify.annotations.Nullable;

/**
 * Tells whether a file or folder is still the one that was read. In a folder that is seen
 * for files that come and go, as tools for folders of authorities do it.
 *
 * @param modified when it was changed last
 * @param size its size
 * @param fileKey what the file system tells it from others by, or {@code null}
 */
record FileStamp(FileTime modified, long size, @Nullable Object fileKey) {

	/** The stamp of a path; {@code null} for none, or where nothing can be told. */
	static @Nullable FileStamp of(@Nullable Path path) {
		if (path == null) {
			return null;
		}
		try {
			BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
			return new FileStamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
		}
		catch (IOException ex) {
			// Reading it will tell what is wrong.
			return null;
		}
	}

}
