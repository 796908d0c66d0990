"""What people do: one function is one use case and one transaction, and here it is asked who may."""
