"""What residents talk to: a message goes in, a true, dated, sourced reply comes out."""
