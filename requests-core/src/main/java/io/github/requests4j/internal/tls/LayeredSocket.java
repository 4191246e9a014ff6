package io.github.requests4j.internal.tls;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;

/**
 * A connected socket with a filtered input stream, for TLS in TLS. The sockets of the JDK
 * do not support filters.
 */
final class LayeredSocket extends Socket {

	private final Socket base;

	private final InputStream in;

	LayeredSocket(Socket base, InputStream in) {
		super(Proxy.NO_PROXY);
		this.base = base;
		this.in = in;
	}

	@Override
	public InputStream getInputStream() {
		return this.in;
	}

	@Override
	public OutputStream getOutputStream() throws IOException {
		return this.base.getOutputStream();
	}

	@Override
	public boolean isConnected() {
		return this.base.isConnected();
	}

	@Override
	public boolean isBound() {
		return this.base.isBound();
	}

	@Override
	public boolean isClosed() {
		return this.base.isClosed();
	}

	@Override
	public boolean isInputShutdown() {
		return this.base.isInputShutdown();
	}

	@Override
	public boolean isOutputShutdown() {
		return this.base.isOutputShutdown();
	}

	@Override
	public void shutdownInput() throws IOException {
		this.base.shutdownInput();
	}

	@Override
	public void shutdownOutput() throws IOException {
		this.base.shutdownOutput();
	}

	@Override
	public InetAddress getInetAddress() {
		return this.base.getInetAddress();
	}

	@Override
	public InetAddress getLocalAddress() {
		return this.base.getLocalAddress();
	}

	@Override
	public int getPort() {
		return this.base.getPort();
	}

	@Override
	public int getLocalPort() {
		return this.base.getLocalPort();
	}

	@Override
	public SocketAddress getRemoteSocketAddress() {
		return this.base.getRemoteSocketAddress();
	}

	@Override
	public SocketAddress getLocalSocketAddress() {
		return this.base.getLocalSocketAddress();
	}

	@Override
	public void setSoTimeout(int timeout) throws SocketException {
		this.base.setSoTimeout(timeout);
	}

	@Override
	public int getSoTimeout() throws SocketException {
		return this.base.getSoTimeout();
	}

	@Override
	public void setSoLinger(boolean on, int linger) throws SocketException {
		this.base.setSoLinger(on, linger);
	}

	@Override
	public int getSoLinger() throws SocketException {
		return this.base.getSoLinger();
	}

	@Override
	public void setTcpNoDelay(boolean on) throws SocketException {
		this.base.setTcpNoDelay(on);
	}

	@Override
	public boolean getTcpNoDelay() throws SocketException {
		return this.base.getTcpNoDelay();
	}

	@Override
	public void close() throws IOException {
		this.base.close();
	}

	@Override
	public String toString() {
		return this.base.toString();
	}

}
