package pgwire

import "time"

// The limits of the wire. Those a deployment may want to change are defaults of
// Options; the rest are fixed.
const (
	// startupBytesMax is PostgreSQL's own limit of a start-up packet.
	startupBytesMax = 10000
	// cancelKeyBytesMax is the longest cancel key of protocol 3.2.
	cancelKeyBytesMax = 256
	// startupsMax bounds connections that have not finished start-up: each holds a
	// goroutine and a packet of at most startupBytesMax.
	startupsMax = 1000
	// startupsPerAddressMax is how many of these one address may have.
	startupsPerAddressMax = 100
	// handshakesMax bounds TLS handshakes at a time; others wait for their turn.
	handshakesMax = 64
	// authBytesMax is PostgreSQL's own limit of a message with a password or a token.
	authBytesMax = 65535
	// penaltyStep is how long the answer to a first wrong password takes; it doubles with
	// each from one address, up to penaltyMax, and starts anew after penaltyMemory.
	penaltyStep   = 50 * time.Millisecond
	penaltyMax    = 5 * time.Second
	penaltyMemory = time.Minute
	// failedAddressesMax bounds the addresses that are remembered for it; with more of
	// them, everybody waits penaltyMax.
	failedAddressesMax = 10000
	// smallBytesMax bounds messages that carry a name and a few numbers.
	smallBytesMax = 64 << 10
	// messageBytesMax is the largest length word that is believed at all; a larger
	// one means that the stream is not the protocol.
	messageBytesMax = 1<<30 - 1
	// inboxBytesMax is how much is read ahead of the statement that runs, so that a
	// Terminate behind pipelined messages is noticed, in bounded memory.
	inboxBytesMax = 256 << 10
	// chunkBytesMin and chunkBytesMax bound the blocks that the reader fills. An
	// idle connection holds one small block.
	chunkBytesMin = 4 << 10
	chunkBytesMax = 64 << 10
	// flushBytes is the output kept before it is written to the socket.
	flushBytes = 32 << 10
	// keepBytes is the largest output buffer kept by an idle connection.
	keepBytes = 8 << 10
	// rowBytesMax is the largest row that can be sent, as in PostgreSQL.
	rowBytesMax = 1<<30 - 1
	// columnsMax is PostgreSQL's limit of columns in a result.
	columnsMax = 1664
	// lastWords is how long a terminated connection may take to leave before its
	// socket is closed under it.
	lastWords = time.Second

	defaultQueryBytesMax = 16 << 20
	defaultBindBytesMax  = 64 << 20
	defaultConnections   = 1000
	defaultAuthTimeout   = 10 * time.Second
	defaultWriteTimeout  = 10 * time.Minute
)
