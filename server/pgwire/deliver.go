package pgwire

// wake makes a silent connection look for news. Any goroutine may call it.
func (c *conn) wake() {
	signal(c.news)
	c.in.poke()
}

// deliver sends notifications to a silent client. A busy one gets them before its next
// ReadyForQuery.
func (c *conn) deliver() error {
	if !c.quiet() {
		return nil
	}
	select {
	case <-c.news:
	default:
		return nil
	}
	if err := c.session.Deliver(); err != nil {
		return errGone
	}
	return c.w.Flush()
}
