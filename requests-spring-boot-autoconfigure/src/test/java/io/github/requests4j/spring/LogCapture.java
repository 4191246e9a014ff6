package io.github.requests4j.spring;

import java.util.ArrayList;
import java.util.List;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.read.ListAppender;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Records what a logger and its children log until it is closed.
 */
public final class LogCapture implements AutoCloseable {

	private final Logger logger;

	private final @Nullable Level before;

	private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

	public LogCapture(String logger, Level level) {
		this.logger = (Logger) LoggerFactory.getLogger(logger);
		this.before = this.logger.getLevel();
		this.logger.setLevel(level);
		this.appender.start();
		this.logger.addAppender(this.appender);
	}

	/** Returns the messages so far, including those of exceptions. */
	public List<String> messages() {
		List<String> messages = new ArrayList<>();
		for (ILoggingEvent event : List.copyOf(this.appender.list)) {
			messages.add(event.getFormattedMessage());
			for (IThrowableProxy ex = event.getThrowableProxy(); ex != null; ex = ex.getCause()) {
				messages.add(ex.getClassName() + ": " + ex.getMessage());
			}
		}
		return messages;
	}

	@Override
	public void close() {
		this.logger.detachAppender(this.appender);
		this.logger.setLevel(this.before);
	}

}
