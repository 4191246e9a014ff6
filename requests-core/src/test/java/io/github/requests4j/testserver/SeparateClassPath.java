package io.github.requests4j.testserver;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The class path of the tests without some of its libraries, in a class loader that
 * shares no class with the tests but those of the JDK.
 */
public final class SeparateClassPath implements AutoCloseable {

	private final List<URL> urls;

	private final URLClassLoader loader;

	private SeparateClassPath(List<URL> urls) {
		this.urls = urls;
		this.loader = new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
	}

	/**
	 * Leaves out libraries.
	 * @param prefixes what the names of their files begin with
	 */
	public static SeparateClassPath without(String... prefixes) {
		List<URL> urls = new ArrayList<>();
		for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
			Path path = Path.of(entry);
			String name = String.valueOf(path.getFileName());
			if (Stream.of(prefixes).noneMatch(name::startsWith)) {
				urls.add(url(path));
			}
		}
		return new SeparateClassPath(urls);
	}

	/**
	 * The same with another library, such as an older version of one that was left out.
	 */
	public SeparateClassPath and(Path... libraries) {
		List<URL> more = new ArrayList<>(this.urls);
		for (Path library : libraries) {
			if (!Files.exists(library)) {
				throw new IllegalStateException("The build has not copied " + library);
			}
			more.add(url(library));
		}
		return new SeparateClassPath(more);
	}

	private static URL url(Path path) {
		try {
			return path.toUri().toURL();
		}
		catch (MalformedURLException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	/** Whether a class is on the class path. */
	public boolean has(String type) {
		try {
			this.loader.loadClass(type);
			return true;
		}
		catch (ClassNotFoundException ex) {
			return false;
		}
	}

	/** Calls a static method whose parameters and result are types of the JDK. */
	public Object call(Class<?> type, String method, Object... arguments) throws Exception {
		Class<?> here = this.loader.loadClass(type.getName());
		for (var candidate : here.getDeclaredMethods()) {
			if (candidate.getName().equals(method)) {
				candidate.setAccessible(true);
				try {
					return candidate.invoke(null, arguments);
				}
				catch (InvocationTargetException ex) {
					throw new AssertionError(ex.getCause());
				}
			}
		}
		throw new NoSuchMethodException(method);
	}

	@Override
	public void close() throws Exception {
		this.loader.close();
	}

}
