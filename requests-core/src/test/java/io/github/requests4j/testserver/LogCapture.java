package io.github.requests4j.testserver;

import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * Records what a logger and its children log during each test. Register it in a field
 * with {@code @RegisterExtension}.
 */
public final class LogCapture implements BeforeEachCallback, AfterEachCallback {

	private final Logger logger;

	private final @Nullable Level level;

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	private @Nullable Level levelBefore;

	private LogCapture(String logger, @Nullable Level level) {
		this.logger = (Logger) LoggerFactory.getLogger(logger);
		this.level = level;
	}

	/** Records the logger of a class at the level that it has. */
	public static LogCapture of(Class<?> type) {
		return new LogCapture(type.getName(), null);
	}

	/** Records a logger at this level. */
	public static LogCapture of(String logger, Level level) {
		return new LogCapture(logger, level);
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		this.levelBefore = this.logger.getLevel();
		if (this.level != null) {
			this.logger.setLevel(this.level);
		}
		this.appender.list.clear();
		this.appender.start();
		this.logger.addAppender(this.appender);
	}

	@Override
	public void afterEach(ExtensionContext context) {
		this.logger.detachAppender(this.appender);
		this.logger.setLevel(this.levelBefore);
	}

	/** Returns a copy of the events so far. */
	public List<ILoggingEvent> events() {
		return List.copyOf(this.appender.list);
	}

	/** Returns the messages so far, without exceptions. */
	public List<String> messages() {
		return events().stream().map(ILoggingEvent::getFormattedMessage).toList();
	}

}
