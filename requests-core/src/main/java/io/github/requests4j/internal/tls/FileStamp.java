package io.github.requests4j.internal.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;

import org.jspecify.annotations.Nullable;

/**
 * Detects whether a file or folder has changed since it was read. For a folder, this
 * detects added and removed files, which is how tools update folders of authorities.
 *
 * @param modified the time of the last change
 * @param size the size in bytes
 * @param fileKey the identity of the file in the file system, or {@code null}
 */
record FileStamp(FileTime modified, long size, @Nullable Object fileKey) {

	/** Returns the stamp of a path, or null without a path or if it cannot be read. */
	static @Nullable FileStamp of(@Nullable Path path) {
		if (path == null) {
			return null;
		}
		try {
			BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
			return new FileStamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
		}
		catch (IOException ex) {
			// Reading the file will report the error.
			return null;
		}
	}

}
